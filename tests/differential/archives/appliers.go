// Unpacks layers with the code of containerd, moby and containers-storage. One line in: {"layers": [base64 …, lowest
// first], "paths": […]}. One line out: for each unpacker the error it refused with, or what each path is afterwards.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	containerd "github.com/containerd/containerd/archive"
	"github.com/containerd/containerd/log"
	storage "github.com/containers/storage/pkg/archive"
	moby "github.com/docker/docker/pkg/archive"
	"github.com/sirupsen/logrus"
	"golang.org/x/sys/unix"
)

// Mounting takes longer than all the rest, so layers are merged here, and held against the kernel's merge now and then.
const mountEvery = 20

type question struct {
	number int
	Layers [][]byte `json:"layers"`
	Paths  []string `json:"paths"`
}

type answer struct {
	Refused string `json:"refused,omitempty"`
	// Waits is the FIFO at which the unpacker waits forever for a writer.
	Waits string   `json:"waits,omitempty"`
	Found []string `json:"found,omitempty"`
}

// An unpacker applies one layer to a folder. Where inRoot is set the folder is "/", as in moby's own child process.
type unpacker struct {
	name string
	// overlay: each layer goes to a folder of its own, and the kernel's overlay file system puts them together.
	overlay bool
	inRoot  bool
	apply   func(dest string, layer io.Reader, below []string) error
}

var unpackers = []unpacker{
	{"containerd", false, false, func(dest string, layer io.Reader, _ []string) error {
		_, err := containerd.Apply(context.Background(), dest, layer)
		return err
	}},
	{"containerd overlay", true, false, func(dest string, layer io.Reader, below []string) error {
		opts := []containerd.ApplyOpt{containerd.WithConvertWhiteout(containerd.OverlayConvertWhiteout)}
		if len(below) > 0 {
			opts = append(opts, containerd.WithParents(below))
		}
		_, err := containerd.Apply(context.Background(), dest, layer, opts...)
		return err
	}},
	{"moby", false, true, func(dest string, layer io.Reader, _ []string) error {
		_, err := moby.UnpackLayer(dest, layer, &moby.TarOptions{})
		return err
	}},
	{"moby overlay2", true, true, func(dest string, layer io.Reader, _ []string) error {
		return moby.Unpack(layer, dest, &moby.TarOptions{WhiteoutFormat: moby.OverlayWhiteoutFormat})
	}},
	{"containers-storage", false, true, func(dest string, layer io.Reader, _ []string) error {
		_, err := storage.UnpackLayer(dest, layer, &storage.TarOptions{})
		return err
	}},
}

func main() {
	scratch := os.Args[1]
	hasOverlay := os.Getuid() == 0 && os.Getenv("GANTRY_MAPPED_ROOT") == ""
	if os.Getuid() != 0 {
		os.Exit(againAsMappedRoot())
	}
	// chroot and the mount namespace hold for this thread alone, so everything below happens on it.
	runtime.LockOSThread()
	must(unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS))
	must(unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""))
	must(unix.Mount("tmpfs", scratch, "tmpfs", 0, "mode=0755"))
	must(unix.Chroot(scratch))
	must(os.Chdir("/"))
	unix.Umask(0)
	must(os.Setenv("TMPDIR", "/tmp"))
	logrus.SetOutput(io.Discard)
	log.L.Logger.SetOutput(io.Discard)
	serve(hasOverlay)
}

// Where the tests do not run as root, a user namespace gives the rights that unpacking needs.
func againAsMappedRoot() int {
	self, err := os.Executable()
	must(err)
	process, err := os.StartProcess(self, os.Args, &os.ProcAttr{
		Env:   append(os.Environ(), "GANTRY_MAPPED_ROOT=1"),
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys: &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		},
	})
	must(err)
	state, err := process.Wait()
	must(err)
	return state.ExitCode()
}

func serve(hasOverlay bool) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(out, greeting(hasOverlay))
	must(out.Flush())
	for number := 0; ; number++ {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		must(err)
		asked := question{number: number}
		must(json.Unmarshal(line, &asked))
		stuck := time.AfterFunc(time.Minute, func() { panic(fmt.Sprint("stuck with question ", number)) })
		answers := map[string]answer{}
		for _, one := range unpackers {
			if !one.overlay || hasOverlay {
				answers[one.name] = ask(one, asked)
			}
		}
		stuck.Stop()
		text, err := json.Marshal(answers)
		must(err)
		out.Write(append(text, '\n'))
		if in.Buffered() == 0 {
			must(out.Flush())
		}
	}
}

func greeting(hasOverlay bool) string {
	names := []string{}
	for _, one := range unpackers {
		if !one.overlay || hasOverlay {
			names = append(names, one.name)
		}
	}
	text, err := json.Marshal(map[string]any{"go": runtime.Version(), "unpackers": names})
	must(err)
	return string(text)
}

func ask(one unpacker, asked question) (result answer) {
	must(os.Mkdir("/case", 0755))
	defer func() { must(os.RemoveAll("/case")) }()
	defer func() {
		if fault := recover(); fault != nil {
			result = answer{Refused: fmt.Sprint("panic: ", fault, string(debug.Stack()))}
		}
	}()
	watch := watchFifos("/case")
	defer func() {
		if fifo := watch.stop(); fifo != "" {
			result = answer{Waits: fifo}
		}
	}()
	root := "/case/root"
	must(os.Mkdir(root, 0755))
	folders := []string{}
	for at, layer := range asked.Layers {
		dest := root
		if one.overlay {
			dest = fmt.Sprintf("/case/%d", at)
			must(os.Mkdir(dest, 0755))
		}
		if err := unpack(one, dest, layer, folders); err != nil {
			return answer{Refused: err.Error()}
		}
		folders = append([]string{dest}, folders...)
	}
	if !one.overlay {
		return answer{Found: lookUp(root, asked.Paths)}
	}
	if asked.number%mountEvery == 0 {
		result.Found = lookUpMounted(folders, asked.Paths)
	}
	for at := len(folders) - 1; at >= 0; at-- {
		merge(root, folders[at])
	}
	merged := lookUp(root, asked.Paths)
	if result.Found != nil && fmt.Sprint(merged) != fmt.Sprint(result.Found) {
		panic(fmt.Sprint("the kernel merges layers to ", result.Found, ", merge to ", merged))
	}
	return answer{Found: merged}
}

// Unpackers open a FIFO as if it were a folder, for instance to delete in it, and wait for a writer. A fifoWatch opens
// the FIFOs of a folder for writing: that fails unless a reader waits, which then continues.
type fifoWatch struct {
	folder *os.File
	done   chan struct{}
	found  chan string
}

// When to look, and not a limit of time: an unpacker that is slow is left alone.
const lookEvery = 20 * time.Millisecond

func watchFifos(path string) fifoWatch {
	folder, err := os.Open(path)
	must(err)
	watch := fifoWatch{folder, make(chan struct{}), make(chan string, 1)}
	go watch.run()
	return watch
}

func (watch fifoWatch) run() {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	waits := ""
	for {
		select {
		case <-watch.done:
			watch.found <- waits
			return
		case <-ticker.C:
			if fifo := watch.wake(); fifo != "" {
				waits = fifo
			}
		}
	}
}

// Wakes a reader that waits at a FIFO, and names it. By its descriptor the folder is reachable from every mount namespace.
func (watch fifoWatch) wake() (woken string) {
	root := fmt.Sprint("/proc/self/fd/", watch.folder.Fd(), "/")
	// The tree changes meanwhile: what cannot be read is gone.
	filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.Type()&os.ModeNamedPipe == 0 {
			return nil
		}
		if fifo, err := unix.Open(path, unix.O_WRONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0); err == nil {
			woken = strings.TrimPrefix(path, root)
			unix.Close(fifo)
		}
		return nil
	})
	return woken
}

func (watch fifoWatch) stop() string {
	close(watch.done)
	defer watch.folder.Close()
	return <-watch.found
}

func lookUp(root string, paths []string) (all []string) {
	within(root, func() {
		for _, path := range paths {
			all = append(all, found(path))
		}
	})
	return all
}

func unpack(one unpacker, dest string, layer []byte, below []string) (err error) {
	if !one.inRoot {
		return one.apply(dest, bytes.NewReader(layer), below)
	}
	within(dest, func() {
		must(os.MkdirAll("/tmp-of-unpacker", 0755))
		must(os.Setenv("TMPDIR", "/tmp-of-unpacker"))
		defer os.RemoveAll("/tmp-of-unpacker")
		err = one.apply("/", bytes.NewReader(layer), below)
	})
	return err
}

// Does something with a folder as "/", then comes back.
func within(folder string, do func()) {
	outside, err := unix.Open("/", unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	must(err)
	defer unix.Close(outside)
	must(unix.Chroot(folder))
	must(unix.Chdir("/"))
	defer func() {
		must(unix.Fchdir(outside))
		must(unix.Chroot("."))
	}()
	do()
}

func found(path string) string {
	info, err := os.Stat("/" + path)
	switch {
	case err != nil:
		return "nothing"
	case info.IsDir():
		return "folder"
	case !info.Mode().IsRegular():
		return "special"
	}
	content, err := os.ReadFile("/" + path)
	must(err)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// What the kernel's overlay file system makes of the layers, the topmost first.
func lookUpMounted(folders []string, paths []string) []string {
	must(os.Mkdir("/case/empty", 0755))
	must(os.Mkdir("/case/mounted", 0755))
	options := "lowerdir=" + strings.Join(append(folders, "/case/empty"), ":")
	must(unix.Mount("overlay", "/case/mounted", "overlay", unix.MS_RDONLY, options))
	defer func() { must(unix.Unmount("/case/mounted", 0)) }()
	return lookUp("/case/mounted", paths)
}

// Puts a layer over what is in root by the rules of the kernel's overlay file system ("Upper and Lower", "whiteouts
// and opaque directories" in its documentation).
func merge(root string, layer string) {
	entries, err := os.ReadDir(layer)
	must(err)
	for _, entry := range entries {
		from, to := filepath.Join(layer, entry.Name()), filepath.Join(root, entry.Name())
		if entry.IsDir() {
			mergeFolder(to, from)
			continue
		}
		must(os.RemoveAll(to))
		if !isWhiteout(entry) {
			must(os.Rename(from, to))
		}
	}
}

func mergeFolder(to string, from string) {
	mark := make([]byte, 1)
	length, err := unix.Lgetxattr(from, "trusted.overlay.opaque", mark)
	isOpaque := err == nil && length == 1 && mark[0] == 'y'
	if info, err := os.Lstat(to); err != nil || !info.IsDir() || isOpaque {
		must(os.RemoveAll(to))
		must(os.Mkdir(to, 0755))
	}
	merge(to, from)
}

func isWhiteout(entry os.DirEntry) bool {
	info, err := entry.Info()
	must(err)
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode()&os.ModeCharDevice != 0 && stat.Rdev == 0
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
