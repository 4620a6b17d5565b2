/** Why each finding matters, for people who wonder. One or two sentences, without the value at hand. */
export const FINDING_REASONS: Readonly<Record<string, string>> = {
  not_an_extension:
    "Listing an ordinary image would offer people something that Docker Desktop refuses to install.",
  not_an_image:
    "Helm charts, signatures and other artifacts live in registries too. None of them can be installed.",
  image_blocked:
    "A block is on the image and holds in every repository, so pushing it elsewhere changes nothing.",
  platform_unreadable: "Whoever has such a machine would be offered an image that cannot be pulled.",
  image_not_inspected:
    "Some machines would install an image that nobody has looked at. It may hold anything.",
  index_ambiguous: "One tool may install another image than the next, or refuse the one that was inspected.",
  platform_unusable: "Docker Desktop runs Linux images on Intel and ARM machines, and nothing else.",
  platform_missing:
    "About half of all machines have the other architecture. Docker's validator refuses an image without both.",
  platform_foreign: "It costs build time and storage, and nobody can use it.",
  platform_contradiction: "Docker picks by the index, and then runs what is inside. One of the two is wrong.",
  config_ambiguous:
    "Labels and platform stand in the config. Docker Desktop could see others than those that were reviewed.",
  platform_duplicate:
    "Which of them is installed depends on the tool, so people with one machine may get different files.",
  layer_unreadable:
    "What is in it could add, hide or replace any file, so nothing is certain until it is read.",
  layer_unsupported:
    "What is in it could add, hide or replace any file, so nothing is certain until it is read.",
  layer_foreign: "Fetching from addresses that an image names would let it send this server anywhere.",
  layer_type_unknown:
    "Some tools unpack such a layer, and others skip it, so that people may get different files.",
  layers_contradiction:
    "Tools that trust the config unpack other layers than tools that trust the manifest, or refuse the image.",
  ambiguous_layer: "A file that one tool sees and another does not can hide what an extension really does.",
  duplicate_entry: "A file that one tool sees and another does not can hide what an extension really does.",
  tag_not_semver: "Without a version nobody can tell which of two images is newer.",
  version_collision: "Two images under one version cannot both be what people were promised.",
  blocking_high_version:
    "Docker's marketplace offers the highest version and no other. A wrong high tag therefore hides every later release.",
  provenance_missing:
    "Provenance lets people see which source and build an image came from. It proves nothing by itself, but its absence leaves only trust.",
  backend_image_platform_missing:
    "The extension installs, and then its backend does not start. Docker's validator does not look.",
  backend_image_missing:
    "Installing pulls the backend's images. One that is not there ends the installation.",
  backend_image_not_checked:
    "Only registries that are allowed here are asked, without credentials, and not many images at once.",
  requirement_unreadable:
    "Docker Desktop compares its Extension API version with this label. What it cannot read, it cannot offer.",
  requirement_never_matches:
    "The version of Docker Desktop and that of its Extension API are different numbers; the label takes the second. Several well-known extensions copied a value that no release has.",
  requirement_bare:
    "Docker's validator reads a bare version as the only one that fits, which is stricter than most publishers mean.",
  title_missing: "It is the name under which people find the extension.",
  vendor_missing: "People want to know whose software they let onto their machines.",
  requirement_missing: "Without it nobody can tell which Docker Desktop runs the extension.",
  description_missing: "It is the one sentence on the card. Docker's validator refuses an image without it.",
  icon_label_missing:
    "Cards show it before anything is installed. Docker's validator refuses an image without it.",
  screenshots_missing: "People decide by pictures. Docker's validator refuses an image without any.",
  detailed_description_missing:
    "It is the page of the extension. Docker's validator refuses an image without it.",
  publisher_url_missing: "People look there for help. Docker's validator refuses an image without it.",
  changelog_missing:
    "People want to know what an update brings. Docker's validator refuses an image without it.",
  categories_missing:
    "Without one the extension is in no category filter. The documentation calls the label optional, but Docker's validator refuses an image without it.",
  title_says_extension: "Everything in the marketplace is one, and the word takes the room of the name.",
  title_long: "Cards and lists have little room.",
  description_long: "Cards have room for one sentence.",
  icon_default:
    "People tell extensions apart by their icons. Reviewers have sent extensions back for the template's.",
  labels_inherited:
    "Licence, source or version of the base image are then shown as if they were the extension's.",
  category_unknown: "Filters know twelve values. Another one leads nowhere.",
  label_mistyped: "Docker Desktop passes over what it does not know, so the value is lost without a word.",
  label_obsolete: "Releases of today pass over it, so the value is lost without a word.",
  label_unresolved: "The build has not replaced its argument, so people see the placeholder.",
  label_characters: "Such characters can make a text look like another one.",
  label_too_long: "Labels travel with every look at an image, so there are limits.",
  labels_too_many: "Labels travel with every look at an image, so there are limits.",
  labels_too_large: "Labels travel with every look at an image, so there are limits.",
  label_divergence:
    "People with different machines read different things about one version. The strictest requirement counts.",
  account_info_unknown:
    "Docker Desktop tells people beforehand that they need an account, but only for one value.",
  metadata_missing: "It says what there is to install: the tab, the backend and the files for the host.",
  metadata_not_a_file: "It says what there is to install, and it has to be an ordinary file.",
  metadata_link_unresolved: "It says what there is to install, and it has to be there.",
  metadata_unknown: "Until it is known what there is to install, nothing is listed without a person.",
  metadata_partial: "A later layer could replace the file. Until all of them are read, a person has to look.",
  metadata_divergence: "People with different machines install different things under one version.",
  metadata_too_large: "No metadata.json comes near this size. Reading it would cost everybody.",
  metadata_too_deep: "No metadata.json comes near this depth. Reading it would cost everybody.",
  metadata_encoding: "JSON is UTF-8 (RFC 8259), and Docker Desktop reads nothing else.",
  metadata_bom: "Some readers stop at it, others do not (RFC 8259 section 8.1).",
  metadata_invalid:
    "Comments, trailing commas and the like are no JSON, and Docker Desktop does not read them.",
  metadata_not_an_object: "Its sections are the keys of one object.",
  metadata_duplicate_key:
    "Readers differ in which of them they take, so that one may see what another does not.",
  metadata_ambiguous_key:
    "Go, in which Docker Desktop is written, compares keys without case. What Gantry passes over may then have an effect.",
  metadata_unknown_key: "Docker's validator refuses it, and nobody knows what a reader makes of it.",
  metadata_obsolete_key: "Early previews read it. Today labels say the same.",
  metadata_unknown_field:
    "What is not known may do something in a release of tomorrow, so it is outside every approval.",
  metadata_rancher_key: "Rancher Desktop runs the command on the host. Reviewers should read it.",
  metadata_wrong_shape: "What is not understood may do something, so it is outside every approval.",
  metadata_list_too_long: "Docker Desktop copies all files, also those that Gantry does not show.",
  metadata_no_section: "There is nothing to see and nothing to run.",
  metadata_icon_missing:
    "The sidebar shows it after installation, and Rancher Desktop refuses an extension without it.",
  metadata_ui_incomplete: "Docker Desktop needs all three to show the tab.",
  metadata_path_escapes: "A path out of the image could name a file of the user's machine.",
  metadata_path_not_local: "Files are copied out of the image. Nothing is fetched from elsewhere.",
  metadata_path_invalid: "Such a file is not found, and the tab or the installation fails.",
  metadata_composefile_absolute: "It works, and reads as if it were a path of the host.",
  metadata_vm_ambiguous: "Which of them runs depends on the reader.",
  metadata_vm_incomplete: "Docker Desktop has nothing to start.",
  metadata_socket_invalid: "The folder of sockets is fixed, so that only a name fits there.",
  metadata_socket_mismatch: "The tab would wait at one socket while the backend listens at another.",
  metadata_socket_without_backend: "The tab can talk to nobody there.",
  host_binaries_without_windows:
    "Most people with Docker Desktop use Windows. The extension installs there, and then misses its tools.",
  host_binaries_one_architecture:
    "The lists of host files know operating systems, but no architectures. Only the image of each platform can differ.",
  host_binaries_missing_os: "The extension installs there, and then misses its tools.",
  compose_file_missing: "Docker Desktop starts the backend with it, so that the installation fails.",
  compose_invalid: "Docker Desktop starts the backend with it, so that the installation fails.",
  compose_not_checked:
    "Until it is read nobody knows what the backend does to the host, so a person has to look.",
  compose_divergence: "People with different machines run different backends under one version.",
  compose_too_complex:
    "A small file can repeat itself without end. What a reviewer cannot read in reasonable time is not approved unread.",
  compose_cycle: "Docker Compose refuses such a project, so the backend cannot start.",
  compose_limit: "A backend that is spread over so many files cannot be reviewed.",
  compose_odd_yaml: "Readers of YAML differ there, so that a reviewer may see something else than what runs.",
  compose_not_understood: "What is not understood may reach the host, so it is outside every approval.",
  compose_unknown_key: "What is not known may reach the host, so it is outside every approval.",
  compose_variable_invalid: "Compose refuses the file, so that the backend does not start.",
  compose_extends_unresolved:
    "What the other service would add is not known, so it is outside every approval.",
  compose_service_without_image: "Compose refuses the file, so that the backend does not start.",
  compose_build: "Nobody can look beforehand at what is built on other people's machines.",
  compose_image_without_digest:
    "A tag may point to something else tomorrow. No approval covers what is behind it.",
  url_invalid: "Nothing can be fetched or opened there.",
  url_scheme_forbidden: "Addresses of other schemes can run programs or scripts.",
  url_insecure: "Whoever is on the way can change what people see.",
  url_credentials: "Everyone who can read the label can use them.",
  url_expires: "Pictures behind such addresses vanish after days, and cards stay empty.",
  screenshots_unreadable: "Docker Desktop shows none of them then.",
  screenshot_invalid: "Docker Desktop cannot show it.",
  screenshot_without_alt: "People who do not see the picture learn nothing of it.",
  screenshots_too_many: "Nobody looks at more.",
  additional_urls_unreadable: "Docker's validator refuses the label, and people see none of the links.",
  additional_url_invalid: "Docker's validator refuses an entry without title or address.",
  additional_urls_too_many: "Nobody looks at more.",
  icon_missing_in_layers:
    "Docker Desktop shows no icon in the sidebar then, and Rancher Desktop refuses the extension.",
  icon_file_unusable: "Docker Desktop shows no icon in the sidebar then.",
  icon_not_checked: "Nobody knows yet whether the sidebar will show it.",
  media_unreachable:
    "People see an empty frame. Dead screenshots and icons are the most frequent flaw of listed extensions.",
  media_unusable: "People see an empty frame, or nothing sharp.",
  media_not_checked: "Nobody has looked whether it is there.",
  media_small: "It looks blurred on the screens of today.",
  media_animated: "Moving pictures distract, and only the first frame is kept.",
  link_dead: "People who follow it find nothing.",
  links_not_checked: "Nobody has looked whether they lead anywhere.",
  reserved_vendor: "People trust names. Only its owner may use one that is known.",
  vendor_lookalike: "People trust names, and look at them only briefly.",
  vendor_mixed_script: "Letters of several scripts in one word are how names are imitated.",
  secret_found:
    "What is in an image is public to all who can pull it, also in layers and history that a later step removed.",
};
