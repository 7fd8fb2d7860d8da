using System.Text.Json;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>An image as the server shows it: the fields of its manifest that the model knows, and its icon.</summary>
internal sealed record Seen(string Uuid, string? Description, string State, bool Disabled, string? File, bool HasIcon, string Acl, string? Icon)
{
    public static Seen Of(JsonElement manifest, ModelContent? icon) => new(
        manifest.GetProperty("uuid").GetString()!,
        manifest.TryGetProperty("description", out var description) ? description.GetString() : null,
        manifest.GetProperty("state").GetString()!,
        manifest.GetProperty("disabled").GetBoolean(),
        manifest.GetProperty("files").EnumerateArray().Select(FileText).SingleOrDefault(),
        manifest.TryGetProperty("icon", out var hasIcon) && hasIcon.GetBoolean(),
        AclText(Accounts(manifest)),
        icon?.ToString());

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
            AclText(image.Acl),
            image.Icon?.ToString());

    private static string FileText(JsonElement file) => $"{file.GetProperty("sha1")} {file.GetProperty("size")} {file.GetProperty("compression")}";

    private static string AclText(IEnumerable<string> accounts) => string.Join(' ', accounts.Order(StringComparer.Ordinal));
}
