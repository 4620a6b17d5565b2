/** Why each finding matters, independent of the single case: one or two sentences for each code. */
export const FINDING_REASONS: Readonly<Record<string, string>> = {
  not_an_extension: "Docker Desktop refuses to install an ordinary image, so listing it would mislead users.",
  not_an_image:
    "Registries also store Helm charts, signatures and other artifacts. Docker Desktop cannot install any of them.",
  registry_content_type:
    "Gantry reads such a manifest by its digest and content. Docker refuses it, so users cannot install the version from this registry.",
  image_blocked: "A block applies to the image in every repository, so pushing it elsewhere does not help.",
  platform_unreadable: "Users on that platform would be offered an image that they cannot pull.",
  image_not_inspected:
    "Some machines would install an image that was never inspected. It could contain anything.",
  index_ambiguous:
    "Different tools can install different images from it, or reject the one that Gantry inspected.",
  platform_unusable: "Docker Desktop runs only Linux images for amd64 and arm64.",
  platform_missing:
    "About half of all machines use the other architecture. Docker's validator rejects an image that lacks either.",
  platform_foreign: "The platform costs build time and storage without being usable.",
  label_not_text:
    "Docker parses the config with Go, which rejects it as a whole, so the image cannot be pulled.",
  platform_contradiction:
    "Docker selects an image by the index, and then runs what the image contains. One of the two is wrong.",
  config_ambiguous:
    "The config holds the labels and the platform. Docker Desktop could see different ones than the reviewer did.",
  platform_duplicate:
    "Tools differ in which entry they install, so users of one platform can get different files.",
  layer_unreadable:
    "A layer can add, hide or replace any file, so nothing is certain until all layers are read.",
  layer_unsupported:
    "A layer can add, hide or replace any file, so nothing is certain until all layers are read.",
  layer_foreign:
    "Fetching addresses that an image names would let the image direct this server's requests (SSRF).",
  layer_type_unknown: "Some tools unpack such a layer and others skip it, so users can get different files.",
  layers_contradiction:
    "Tools that trust the config unpack different layers than tools that trust the manifest, or reject the image.",
  ambiguous_layer: "A file that only some tools see can hide what an extension really does.",
  duplicate_entry: "A file that only some tools see can hide what an extension really does.",
  tag_not_semver: "Without a semantic version, Gantry cannot tell which of two images is newer.",
  tags_not_checked:
    "The other tags show which version users are offered. A pre-flight of one tag also works where the registry hides them.",
  version_collision: "A version must always mean the same image. Here it means two.",
  version_scheme_changed:
    "Users are offered the highest version. After a calendar version, every smaller number counts as older, so only a person can tell whether it was meant.",
  post_release_tag:
    "Publishers often mean a later build, but semver orders it before the version, and stable users stay behind.",
  blocking_high_version:
    "Docker's marketplace offers only the highest version, so a mistakenly high tag hides every later release.",
  provenance_missing:
    "Provenance shows users which source and build an image came from. Provenance is not proof, but without it users cannot check anything.",
  backend_image_platform_missing:
    "The extension installs, but its backend does not start. Docker's validator does not check this.",
  backend_image_missing:
    "Docker Desktop pulls the backend images during installation. If one is missing, the installation fails.",
  backend_image_not_checked:
    "Gantry checks backend images only on allowed registries, without credentials, and up to a limit per image.",
  requirement_unreadable:
    "Docker Desktop compares its Extension API version with this label. If the label is invalid, Gantry cannot offer the version.",
  requirement_never_matches:
    "Docker Desktop and its Extension API have different version numbers, and the label takes the latter. Several well-known extensions copied a value that no release has.",
  requirement_bare:
    "Docker's validator accepts only exactly that version, which is stricter than most publishers intend.",
  title_missing: "The title is the name under which users find the extension.",
  vendor_missing: "Users want to know whose software they install.",
  requirement_missing: "Without it, Gantry cannot tell which Docker Desktop versions run the extension.",
  description_missing:
    "The description is the one sentence on the card. Docker's validator rejects an image without it.",
  icon_label_missing:
    "Cards show the icon before the extension is installed. Docker's validator rejects an image without it.",
  screenshots_missing:
    "Users look at screenshots before they install. Docker's validator rejects an image without any.",
  detailed_description_missing:
    "It is the main text of the extension's page. Docker's validator rejects an image without it.",
  publisher_url_missing: "Users look for help there. Docker's validator rejects an image without it.",
  changelog_missing:
    "Users want to know what an update changes. Docker's validator rejects an image without it.",
  categories_missing:
    "Without a category, no category filter shows the extension. The documentation calls the label optional, but Docker's validator rejects an image without it.",
  labels_are_annotations:
    "Docker Desktop reads the labels in the image config. It does not see annotations, so the extension looks unnamed.",
  descriptive_labels_are_annotations:
    "Docker Desktop reads the labels in the image config. Values that are only annotations reach no user.",
  optional_labels_are_annotations:
    "Docker Desktop reads the labels in the image config. Values that are only annotations reach no user.",
  title_from_repository:
    "Users see the title in lists and in Docker Desktop. The publisher usually does not notice that CI replaced it.",
  title_from_base_image: "Users see the name of other software in lists and in Docker Desktop.",
  version_label_contradicts_tag:
    "Tools such as scanners show the label, so users and support see two versions of one image.",
  title_says_extension:
    "Everything in the marketplace is an extension, and the word takes space away from the name.",
  title_long: "Cards and lists have little space.",
  description_long: "Cards have space for one sentence.",
  icon_default: "Users tell extensions apart by their icons, and reviewers reject the template's.",
  labels_inherited: "Users see the base image's license, source or version as if it were the extension's.",
  category_unknown: "There are twelve categories. No filter shows an extension under any other value.",
  label_mistyped: "Docker Desktop ignores unknown labels silently, so the value is lost.",
  label_obsolete: "Current releases ignore it silently, so the value is lost.",
  label_unresolved: "The build did not replace the argument, so users see the placeholder.",
  label_characters: "Such characters can make one text look like another.",
  label_too_long: "Labels are part of every inspection and every catalog response, so their size is limited.",
  labels_too_many:
    "Labels are part of every inspection and every catalog response, so their size is limited.",
  labels_too_large:
    "Labels are part of every inspection and every catalog response, so their size is limited.",
  label_divergence:
    "Users of different platforms see different information about one version. Gantry applies the strictest requirement.",
  account_info_unknown:
    "Docker Desktop tells users that an account is required only if the label has the documented value.",
  metadata_missing: "The file tells Docker Desktop what to install: the tab, the backend and the host files.",
  metadata_not_a_file: "The file tells Docker Desktop what to install, so it must be a regular file.",
  metadata_link_unresolved: "The file tells Docker Desktop what to install, so the link must resolve.",
  metadata_unknown: "Gantry does not list a version automatically until it knows what the version installs.",
  metadata_partial:
    "A later layer could replace the file. Until Gantry has read all layers, a reviewer must check.",
  metadata_divergence: "Users of different platforms install different things under one version.",
  metadata_too_large: "A real metadata.json is far smaller. The limit protects the server.",
  metadata_too_deep: "A real metadata.json is far flatter. The limit protects the server.",
  metadata_encoding: "JSON is UTF-8 (RFC 8259), and Docker Desktop accepts nothing else.",
  metadata_bom: "Some parsers reject it, others ignore it (RFC 8259, section 8.1).",
  metadata_invalid: "JSON allows no comments or trailing commas, and Docker Desktop does not accept them.",
  metadata_not_an_object: "The sections of metadata.json are the keys of one object.",
  metadata_duplicate_key:
    "Parsers differ in which value they use, so Docker Desktop may see something other than the reviewer did.",
  metadata_ambiguous_key:
    "Docker Desktop is written in Go, which matches keys case-insensitively. A key that Gantry ignores can therefore take effect.",
  metadata_unknown_key: "Docker's validator rejects it, and its effect elsewhere is unknown.",
  metadata_obsolete_key: "Early previews read this key. Labels replaced it.",
  metadata_unknown_field: "A future release could give the field a meaning, so no approval covers it.",
  metadata_rancher_key: "Rancher Desktop runs the command on the host, so reviewers should read it.",
  metadata_wrong_shape:
    "A value that Gantry cannot interpret may still have an effect, so no approval covers it.",
  metadata_list_too_long: "Docker Desktop copies all files, including those that Gantry does not show.",
  metadata_no_section: "The extension has nothing to show and nothing to run.",
  metadata_icon_missing:
    "The sidebar shows the icon after installation, and Rancher Desktop rejects an extension without one.",
  metadata_ui_incomplete: "Docker Desktop needs all three values to show the tab.",
  metadata_path_escapes: "A path outside the image could refer to a file on the user's machine.",
  metadata_path_not_local:
    "Docker Desktop copies files out of the image. It downloads nothing from elsewhere.",
  metadata_path_invalid: "Docker Desktop does not find such a file, so the tab or the installation fails.",
  metadata_composefile_absolute: "It works, but looks like a path on the host.",
  metadata_vm_ambiguous: "Tools differ in which of the two they run.",
  metadata_vm_incomplete: "Docker Desktop has nothing to start.",
  metadata_socket_invalid: "The folder for sockets is fixed, so the value must be a file name.",
  metadata_socket_mismatch: "The tab connects to one socket while the backend listens on another.",
  metadata_socket_without_backend: "The tab has nothing to connect to.",
  host_binaries_without_windows:
    "Most Docker Desktop users are on Windows. The extension installs there, but its tools are missing.",
  host_binaries_one_architecture:
    "Host file lists distinguish operating systems, but not architectures. Only the image of each platform can differ.",
  host_binaries_missing_os: "The extension installs there, but its tools are missing.",
  ui_page_missing: "Docker Desktop installs the extension without a word, and users see an empty tab.",
  ui_symbolic_links:
    "Docker Desktop copies the folder to the user's machine. Windows refuses to create links for ordinary users, so the installation fails there.",
  host_files_missing: "Docker Desktop copies the files to the user's machine and finds nothing to copy.",
  host_files_missing_on_arm:
    "Only Windows and Linux computers with an ARM processor take the files from this image, and they are rare.",
  host_file_is_folder:
    "What an approval covers is the list of files. A folder can contain anything, and Docker does not document what it does with one.",
  named_files_not_checked:
    "Gantry reads layers up to a limit of bytes and time, and never claims that a file is missing before it has read them all.",
  platform_same_layers:
    "Users of one architecture get programs that their machine cannot run, or only under emulation.",
  executable_other_machine:
    "The program does not start on the user's machine, or runs slowly under emulation.",
  host_file_other_system: "The program does not start on the user's machine.",
  host_file_needs_rosetta:
    "Docker Desktop itself works without Rosetta 2, so users do not necessarily have it.",
  compose_file_missing: "Docker Desktop uses the file to start the backend, so the installation fails.",
  compose_invalid: "Docker Desktop uses the file to start the backend, so the installation fails.",
  compose_not_checked:
    "Until Gantry has read the file, the backend's access to the host is unknown, so a reviewer must check.",
  compose_divergence: "Users of different platforms run different backends under one version.",
  compose_too_complex:
    "A small file can expand without limit. Gantry approves nothing that a reviewer cannot read in reasonable time.",
  compose_cycle: "Docker Compose rejects such a project, so the backend cannot start.",
  compose_limit: "A reviewer cannot review a backend that is spread over that many files.",
  compose_odd_yaml: "YAML parsers differ here, so Docker can run something other than what the reviewer saw.",
  compose_not_understood:
    "A value that Gantry cannot interpret may reach the host, so no approval covers it.",
  compose_unknown_key: "An unknown key may reach the host, so no approval covers it.",
  compose_variable_invalid: "Compose rejects the file, so the backend does not start.",
  compose_extends_unresolved:
    "Gantry does not know what the other service would add, so no approval covers it.",
  compose_services_missing:
    "The installation of the extension fails, because Docker Compose has nothing to start.",
  compose_build_without_image:
    "The files to build from are on the publisher's machine. The installation of the extension fails.",
  backend_image_variable:
    "Docker Desktop sets DESKTOP_PLUGIN_IMAGE only. On a publisher's machine another variable can be set, so that the mistake shows only after publication.",
  backend_own_image_changed:
    "The reference already ends with a tag or digest. With more text it names an image that does not exist.",
  backend_image_invalid: "Docker Compose rejects the file, so the extension cannot start its backend.",
  compose_key_too_new:
    "Older releases of Docker Compose reject unknown keys, so that the backend does not start for some users.",
  compose_service_without_image: "Compose rejects the file, so the backend does not start.",
  compose_build: "An image that is built on users' machines cannot be inspected before it runs.",
  compose_image_without_digest:
    "A tag can point to a different image tomorrow. No approval covers its content.",
  url_invalid: "Such a value cannot be downloaded or opened.",
  url_scheme_forbidden: "URLs with other schemes can run programs or scripts.",
  url_insecure: "Anyone on the network path can change what users see.",
  url_credentials: "Everyone who can read the label can use the credentials.",
  url_expires: "Such URLs expire after a few days, and the images then disappear from cards and pages.",
  screenshots_unreadable: "Docker Desktop then shows none of the screenshots.",
  screenshot_invalid: "Docker Desktop cannot show it.",
  screenshot_without_alt: "Without it, people who cannot see the screenshot do not know what it shows.",
  screenshots_too_many: "Users rarely look at more.",
  additional_urls_unreadable: "Docker's validator rejects the label, and users see none of the links.",
  additional_url_invalid: "Docker's validator rejects an entry without a title or URL.",
  additional_urls_too_many: "Users rarely look at more.",
  icon_missing_in_layers:
    "Docker Desktop then shows no icon in the sidebar, and Rancher Desktop rejects the extension.",
  icon_file_unusable: "Docker Desktop then shows no icon in the sidebar.",
  icon_not_checked: "It is not yet known whether the sidebar will show the icon.",
  media_unreachable:
    "Users see an empty frame. Missing icons and screenshots are the most common flaw of listed extensions.",
  media_unusable: "Users see an empty frame or a blurred image.",
  media_not_checked: "It is not yet known whether the image exists.",
  media_small: "It looks blurred on high-resolution screens.",
  media_animated: "Animation is distracting, and Gantry keeps only the first frame.",
  link_dead: "Users who follow the link find nothing.",
  links_not_checked: "It is not yet known whether the links work.",
  reserved_vendor: "Users trust well-known names. Only the owner of such a name may use it.",
  vendor_lookalike: "Users trust familiar names and may not notice a small difference.",
  vendor_mixed_script: "Impostors often imitate a name by mixing letters from several scripts in one word.",
  secret_found:
    "Everything in an image is readable by everyone who can pull it, including layers and history that a later step removed.",
};
