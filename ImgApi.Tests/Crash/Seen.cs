using System.Text.Json;

namespace ImgApi.Tests.Crash;

/// <summary>What a manifest says of an image, in the model's words.</summary>
internal sealed record Seen(string Uuid, string? Description, string State, bool Disabled, string? File, bool HasIcon, string Acl)
{
    public static Seen Of(JsonElement manifest) => new(
        manifest.GetProperty("uuid").GetString()!,
        manifest.TryGetProperty("description", out var description) ? description.GetString() : null,
        manifest.GetProperty("state").GetString()!,
        manifest.GetProperty("disabled").GetBoolean(),
        manifest.GetProperty("files").EnumerateArray().Select(FileText).SingleOrDefault(),
        manifest.TryGetProperty("icon", out var icon) && icon.GetBoolean(),
        AclText(Accounts(manifest)));

    public static IEnumerable<string> Accounts(JsonElement manifest) =>
        manifest.TryGetProperty("acl", out var acl) ? acl.EnumerateArray().Select(account => account.GetString()!) : [];

    public bool Fits(ModelImage image) =>
        this == new Seen(
            image.Uuid ?? Uuid,
            image.Description,
            image.State,
            image.Disabled,
            image.File is { } file ? $"{file.Sha1} {file.Size} {file.Kind}" : null,
            image.Icon is not null,
            AclText(image.Acl));

    private static string FileText(JsonElement file) => $"{file.GetProperty("sha1")} {file.GetProperty("size")} {file.GetProperty("compression")}";

    private static string AclText(IEnumerable<string> accounts) => string.Join(' ', accounts.Order(StringComparer.Ordinal));
}
