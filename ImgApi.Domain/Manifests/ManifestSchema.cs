using static ImgApi.Domain.Manifests.FieldRules;
using static ImgApi.Domain.Manifests.ManifestField;
using Kind = ImgApi.Domain.Manifests.FieldKind;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// The fields of a manifest, in the order in which they are written (contract 3.1). The disk, the start index, other servers' manifests,
/// create, import, update and the API documentation use this table. A new field needs a property of <see cref="ImageDetails"/>, a row here, a
/// property of the response and a rule of the validator.
/// </summary>
public static class ManifestSchema
{
    private const FieldRules ByOperatorBeforeActivation = Update | OperatorsOnly | BeforeActivation;

    public static IReadOnlyList<ManifestField> Fields { get; } =
    [
        Define(details => details.V, Kind.SmallNumber, Intake | Required, "Version of the manifest format; 2 by default."),
        Define("uuid", image => image.Uuid, Kind.Uuid, Import | ByOperatorBeforeActivation | Required, "Import only: the UUID in the path."),
        Define(details => details.Owner, Kind.Uuid, Always | Required, "UUID of the owner."),
        Define(details => details.Name, Kind.Text, Always | Required | NumberIsText,
            "Name: letters, digits, space, '.', '-', '_' and '/', at most 1024 characters."),
        Define(details => details.Version, Kind.Text, Always | Required | NumberIsText,
            "Version: letters, digits, '.', '-', '_', '/' and '+', at most 512 characters."),
        Define("state", image => image.State, Kind.Text, Update | OperatorsOnly,
            "Import: ignored. Update: an operator's label. Not allowed on create."),
        Define(details => details.Disabled, Kind.Boolean, Intake, "Whether the image stays disabled, and so unlisted, when it is activated."),
        Define(details => details.Public, Kind.Boolean, Always, "Whether every account sees the image."),
        Define(details => details.PublishedAt, Kind.Timestamp, Import, "Import only: YYYY-MM-DDTHH:MM:SS(.SSS)Z."),
        Define(details => details.Type, Kind.Text, Intake | Required, "zone-dataset, zvol, lx-dataset, lxd, docker or other."),
        Define(details => details.Os, Kind.Text, Always | Required, "smartos, linux, windows, bsd, illumos or other."),
        Define("files", FilesOf, Kind.Files, Ignored | ByOperatorBeforeActivation, "Ignored: AddImageFile uploads the file."),
        Define(details => details.Acl, Kind.Uuids, Always | TextIsList | EmptyIsAbsent,
            "UUIDs of the accounts that see the image although it is private."),
        Define(details => details.Description, Kind.Text, Always | NullIsAbsent | NumberIsText, "Free text, at most 10240 characters."),
        Define(details => details.Homepage, Kind.Text, Always | NullIsAbsent, "http or https URL, at most 1024 characters."),
        Define(details => details.Eula, Kind.Text, Always | NullIsAbsent, "http or https URL of the license, at most 1024 characters."),
        Define("icon", IconOf, Kind.Boolean, Ignored, "Ignored: AddImageIcon uploads the icon."),
        Define(details => details.Urn, Kind.Text, Import, "Import only: name in the old dataset API."),
        Define(details => details.Requirements, Kind.JsonObject, Always | NullIsAbsent,
            "Object: networks, brand, ssh_key, min_ram, max_ram, min_platform, max_platform, bootrom."),
        Define(details => details.Users, Kind.JsonArray, Always, "Array of {\"name\": ...}."),
        Define(details => details.GeneratePasswords, Kind.Boolean, Always, "Whether passwords are generated for the users."),
        Define(details => details.InheritedDirectories, Kind.Texts, Always, "Folders that a zone inherits; zone-dataset only."),
        Define(details => details.Origin, Kind.Uuid, Intake | ByOperatorBeforeActivation | NullIsAbsent,
            "UUID of the image that this one is an increment of."),
        Define(details => details.NicDriver, Kind.Text, Always | ZvolOnly, "Network driver; required for a zvol and only there."),
        Define(details => details.DiskDriver, Kind.Text, Always | ZvolOnly, "Disk driver; required for a zvol and only there."),
        Define(details => details.CpuType, Kind.Text, Always | ZvolOnly, "CPU type; required for a zvol and only there."),
        Define(details => details.ImageSize, Kind.Number, Always | ZvolOnly, "Size in MiB; required for a zvol and only there."),
        Define(details => details.Tags, Kind.JsonObject, Always | NullIsAbsent, "Object with any values, at most 100 KiB as compact JSON."),
        Define(details => details.BillingTags, Kind.Texts, Always | OperatorsOnly | NullIsAbsent | TextIsList | EmptyIsAbsent,
            "Tags for billing, at most 128 characters each."),
        Define(details => details.Traits, Kind.JsonObject, Always | OperatorsOnly | NullIsAbsent,
            "Object whose values are strings, booleans or arrays."),
        Define(details => details.Error, Kind.JsonObject, Always | OperatorsOnly, "Object that describes why the image failed."),
        Define(details => details.Channels, Kind.Texts, Ignored | Update, "Ignored on create and import."),
    ];

    private static readonly Dictionary<string, ManifestField> ByName = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public static ManifestField? Find(string name) => ByName.GetValueOrDefault(name);

    private static ImageFile[] FilesOf(Image image) => image.File is { } file ? [file] : [];

    private static object? IconOf(Image image) => image.Icon is null ? null : true;
}
