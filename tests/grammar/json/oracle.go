// Answers what Go's encoding/json makes of a document, one line for one line: in comes "<kind> <base64>", out goes "error"
// for what Go refuses, else the base64 of what it has read, written again with the names that the specifications give.
//
// The types have the fields of the OCI image-spec (specs-go/v1) that decide what Docker does with an image. For
// metadata.json they have the fields of the SDK's documentation.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type platform struct {
	Architecture string   `json:"architecture,omitempty"`
	OS           string   `json:"os,omitempty"`
	OSVersion    string   `json:"os.version,omitempty"`
	OSFeatures   []string `json:"os.features,omitempty"`
	Variant      string   `json:"variant,omitempty"`
}

type descriptor struct {
	MediaType    string            `json:"mediaType"`
	Digest       string            `json:"digest"`
	Size         int64             `json:"size"`
	URLs         []string          `json:"urls,omitempty"`
	Annotations  map[string]string `json:"annotations,omitempty"`
	Data         []byte            `json:"data,omitempty"`
	Platform     *platform         `json:"platform,omitempty"`
	ArtifactType string            `json:"artifactType,omitempty"`
}

type index struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType,omitempty"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Manifests     []descriptor      `json:"manifests"`
	Subject       *descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

type manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType,omitempty"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Config        descriptor        `json:"config"`
	Layers        []descriptor      `json:"layers"`
	Subject       *descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

type config struct {
	Created *time.Time `json:"created,omitempty"`
	Author  string     `json:"author,omitempty"`
	platform
	Config struct {
		User   string            `json:"User,omitempty"`
		Env    []string          `json:"Env,omitempty"`
		Cmd    []string          `json:"Cmd,omitempty"`
		Labels map[string]string `json:"Labels,omitempty"`
	} `json:"config"`
	RootFS struct {
		Type    string   `json:"type"`
		DiffIDs []string `json:"diff_ids"`
	} `json:"rootfs"`
	History []struct {
		Created    *time.Time `json:"created,omitempty"`
		CreatedBy  string     `json:"created_by,omitempty"`
		EmptyLayer bool       `json:"empty_layer,omitempty"`
	} `json:"history,omitempty"`
}

type socket struct {
	Socket string `json:"socket,omitempty"`
}

type file struct {
	Path string `json:"path,omitempty"`
}

type metadata struct {
	Icon string `json:"icon,omitempty"`
	UI   *struct {
		DashboardTab *struct {
			Title   string  `json:"title,omitempty"`
			Root    string  `json:"root,omitempty"`
			Src     string  `json:"src,omitempty"`
			Backend *socket `json:"backend,omitempty"`
		} `json:"dashboard-tab,omitempty"`
	} `json:"ui,omitempty"`
	VM *struct {
		Image       string  `json:"image,omitempty"`
		Composefile string  `json:"composefile,omitempty"`
		Exposes     *socket `json:"exposes,omitempty"`
	} `json:"vm,omitempty"`
	Host *struct {
		Binaries []struct {
			Darwin  []file `json:"darwin,omitempty"`
			Windows []file `json:"windows,omitempty"`
			Linux   []file `json:"linux,omitempty"`
		} `json:"binaries,omitempty"`
	} `json:"host,omitempty"`
}

func target(kind string) interface{} {
	switch kind {
	case "index":
		return &index{}
	case "manifest":
		return &manifest{}
	case "config":
		return &config{}
	case "metadata":
		return &metadata{}
	}
	fmt.Fprintln(os.Stderr, "not a kind of document:", kind)
	os.Exit(1)
	return nil
}

func answer(kind string, document []byte) string {
	value := target(kind)
	if err := json.Unmarshal(document, value); err != nil {
		return "error"
	}
	written, err := json.Marshal(value)
	if err != nil {
		return "error"
	}
	return base64.StdEncoding.EncodeToString(written)
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		parts := strings.SplitN(in.Text(), " ", 2)
		document, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
		if len(parts) != 2 || err != nil {
			fmt.Fprintln(os.Stderr, "not a line of kind and base64:", in.Text())
			os.Exit(1)
		}
		fmt.Fprintln(out, answer(parts[0], document))
	}
}
