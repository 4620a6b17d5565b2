// Answers what Masterminds/semver says, one line for one line: in comes a JSON array of a range and versions, out goes
// "error" for what is no range there, else "=" and one character per version: 1 fits, 0 does not, - is no version there.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/Masterminds/semver"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var texts []string
		if err := json.Unmarshal(in.Bytes(), &texts); err != nil || len(texts) == 0 {
			fmt.Fprintln(os.Stderr, "not a line of texts:", in.Text())
			os.Exit(1)
		}
		fmt.Fprintln(out, answer(texts[0], texts[1:]))
	}
}

func answer(text string, versions []string) string {
	constraint, err := semver.NewConstraint(text)
	if err != nil {
		return "error"
	}
	marks := make([]byte, len(versions))
	for index, one := range versions {
		version, err := semver.StrictNewVersion(one)
		switch {
		case err != nil:
			marks[index] = '-'
		case constraint.Check(version):
			marks[index] = '1'
		default:
			marks[index] = '0'
		}
	}
	return "=" + string(marks)
}
