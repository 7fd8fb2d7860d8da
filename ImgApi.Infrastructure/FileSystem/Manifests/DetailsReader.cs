using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads what a manifest says about its image, with the defaults of contract 9.3.</summary>
internal static class DetailsReader
{
    public static ImageDetails Read(ManifestFields fields) => new()
    {
        V = Version(fields),
        Owner = fields.Uuid("owner") ?? Uuid.Zero,
        Name = fields.Text("name") ?? "",
        Version = fields.Text("version") ?? "",
        Description = fields.Text("description"),
        Homepage = fields.Text("homepage"),
        Eula = fields.Text("eula"),
        Urn = fields.Text("urn"),
        Disabled = fields.Boolean("disabled") ?? (fields.Text("state") == ImageState.Disabled),
        Public = fields.Boolean("public") ?? false,
        PublishedAt = fields.Timestamp("published_at"),
        Type = fields.Text("type"),
        Os = fields.Text("os"),
        Origin = fields.Uuid("origin"),
        Acl = fields.Uuids("acl"),
        Requirements = fields.Json("requirements", JsonValueKind.Object),
        Users = fields.Json("users", JsonValueKind.Array),
        BillingTags = fields.Texts("billing_tags") ?? [],
        Traits = fields.Json("traits", JsonValueKind.Object),
        Tags = fields.Json("tags", JsonValueKind.Object),
        GeneratePasswords = fields.Boolean("generate_passwords"),
        InheritedDirectories = fields.Texts("inherited_directories"),
        NicDriver = fields.Text("nic_driver"),
        DiskDriver = fields.Text("disk_driver"),
        CpuType = fields.Text("cpu_type"),
        ImageSize = fields.Integer("image_size"),
        Error = fields.Json("error", JsonValueKind.Object),
        Channels = fields.Texts("channels"),
    };

    private static int Version(ManifestFields fields)
    {
        var version = fields.Integer("v") ?? 2;
        if (version is >= int.MinValue and <= int.MaxValue)
        {
            return (int)version;
        }

        fields.MarkUnused("v");
        return 2;
    }
}
