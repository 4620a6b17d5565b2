// Writes the archive of a folder with Go's archive/tar in a format: USTAR, PAX or GNU.
package main

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

var formats = map[string]tar.Format{"USTAR": tar.FormatUSTAR, "PAX": tar.FormatPAX, "GNU": tar.FormatGNU}

func main() {
	folder, format := os.Args[1], formats[os.Args[2]]
	out := tar.NewWriter(os.Stdout)
	linked := map[uint64]string{}
	must(filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		must(err)
		name := strings.TrimPrefix(strings.TrimPrefix(path, folder), "/")
		if name == "" {
			return nil
		}
		target, _ := os.Readlink(path)
		header, err := tar.FileInfoHeader(info, target)
		must(err)
		header.Name = name
		header.Format = format
		if info.IsDir() {
			header.Name += "/"
		}
		if first, ok := linked[info.Sys().(*syscall.Stat_t).Ino]; ok {
			header.Typeflag, header.Linkname, header.Size = tar.TypeLink, first, 0
		}
		linked[info.Sys().(*syscall.Stat_t).Ino] = name
		if format == tar.FormatPAX {
			header.PAXRecords = map[string]string{"SCHILY.xattr.user.color": "blue", "SCHILY.xattr.security.capability": "\x01\x00\x00\x02"}
		}
		if format == tar.FormatUSTAR {
			header.AccessTime, header.ChangeTime = time.Time{}, time.Time{}
		}
		must(out.WriteHeader(header))
		if header.Typeflag == tar.TypeReg {
			file, err := os.Open(path)
			must(err)
			_, err = io.Copy(out, file)
			must(err)
			must(file.Close())
		}
		return nil
	}))
	must(out.Close())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
