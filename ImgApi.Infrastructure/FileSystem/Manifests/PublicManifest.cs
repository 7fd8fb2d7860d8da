using System.Text.Json.Nodes;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The part of a stored manifest that is the API's form: its keys in the order of contract 3.1, nothing hidden.</summary>
internal static class PublicManifest
{
    /// <summary>All keys that have a meaning here; every other one is somebody else's.</summary>
    public static IReadOnlySet<string> Keys { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "v", "uuid", "owner", "name", "version", "state", "disabled", "public", "published_at", "type", "os", "files",
        "acl", "description", "homepage", "eula", "icon", "urn", "requirements", "users", "generate_passwords",
        "inherited_directories", "origin", "nic_driver", "disk_driver", "cpu_type", "image_size", "tags",
        "billing_tags", "traits", "error", "channels",
    };

    public static JsonObject Of(Image image)
    {
        var details = image.Details;
        var manifest = new JsonObject
        {
            ["v"] = details.V,
            ["uuid"] = image.Uuid.ToString(),
            ["owner"] = details.Owner.ToString(),
            ["name"] = details.Name,
            ["version"] = details.Version,
            ["state"] = image.State,
            ["disabled"] = details.Disabled,
            ["public"] = details.Public,
        };
        manifest.AddIf("published_at", details.PublishedAt?.Text);
        manifest.AddIf("type", details.Type);
        manifest.AddIf("os", details.Os);
        manifest.Add("files", image.File is { } file ? new JsonArray(EntryOf(file)) : new JsonArray());
        AddDescription(manifest, details, image.Icon is not null);
        AddMachine(manifest, details);
        AddTags(manifest, details);
        return manifest;
    }

    private static JsonObject EntryOf(ImageFile file)
    {
        var entry = new JsonObject { ["sha1"] = file.Sha1, ["size"] = file.Size, ["compression"] = file.Compression };
        entry.AddIf("dataset_guid", file.DatasetGuid);
        return entry;
    }

    private static void AddDescription(JsonObject manifest, ImageDetails details, bool hasIcon)
    {
        manifest.AddIf("acl", details.Acl.Count > 0 ? Nodes.Of(details.Acl.Select(account => account.ToString())) : null);
        manifest.AddIf("description", details.Description);
        manifest.AddIf("homepage", details.Homepage);
        manifest.AddIf("eula", details.Eula);
        manifest.AddIf("icon", hasIcon ? JsonValue.Create(true) : null);
        manifest.AddIf("urn", details.Urn);
    }

    private static void AddMachine(JsonObject manifest, ImageDetails details)
    {
        manifest.AddIf("requirements", details.Requirements);
        manifest.AddIf("users", details.Users);
        manifest.AddIf("generate_passwords", details.GeneratePasswords is { } generate ? JsonValue.Create(generate) : null);
        manifest.AddIf("inherited_directories", details.InheritedDirectories is { } folders ? Nodes.Of(folders) : null);
        manifest.AddIf("origin", details.Origin?.ToString());
        manifest.AddIf("nic_driver", details.NicDriver);
        manifest.AddIf("disk_driver", details.DiskDriver);
        manifest.AddIf("cpu_type", details.CpuType);
        manifest.AddIf("image_size", details.ImageSize is { } size ? JsonValue.Create(size) : null);
    }

    private static void AddTags(JsonObject manifest, ImageDetails details)
    {
        manifest.AddIf("tags", details.Tags);
        manifest.AddIf("billing_tags", details.BillingTags.Count > 0 ? Nodes.Of(details.BillingTags) : null);
        manifest.AddIf("traits", details.Traits);
        manifest.AddIf("error", details.Error);
        manifest.AddIf("channels", details.Channels is { } channels ? Nodes.Of(channels) : null);
    }
}
