using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>
/// Finds the image that a person means: a UUID, the unambiguous beginning of one, <c>NAME</c> for the newest image of that name, or
/// <c>NAME@VERSION</c>.
/// </summary>
internal static class ImageFinder
{
    private const int MinPrefix = 4;

    public static Argument<string> Argument { get; } = new("image")
    {
        Description = "UUID, the beginning of one, NAME (the newest active image) or NAME@VERSION.",
    };

    /// <summary>Finds an image on the server of the session.</summary>
    /// <param name="preferred">Which image a name means, if there are several: the newest in this state.</param>
    /// <exception cref="CommandException">There is no such image, or there are several.</exception>
    public static async Task<RemoteManifest> FindAsync(
        this Session server, string text, CancellationToken cancellation, string preferred = ImageState.Active)
    {
        if (Uuid.TryParse(text, out var uuid))
        {
            return await server.Images.GetManifestAsync(server.Image(uuid), cancellation);
        }

        var named = await NamedAsync(server, text, cancellation);
        if (named.Count == 0 && IsPrefix(text))
        {
            named = await ListAsync(server, [], manifest => manifest.Uuid!.Value.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase), cancellation);
            return named.Count <= 1 ? Only(text, named) : throw Ambiguous(text, named);
        }

        return named.Where(manifest => State(manifest) == preferred).MaxBy(Published) ?? Only(text, named);
    }

    private static bool IsPrefix(string text) => text.Length >= MinPrefix && text.All(digit => char.IsAsciiHexDigit(digit) || digit == '-');

    /// <summary>A name may contain an at sign itself.</summary>
    private static async Task<List<RemoteManifest>> NamedAsync(Session server, string text, CancellationToken cancellation)
    {
        var found = await ListAsync(server, [new("name", text)], manifest => Text(manifest, "name") == text, cancellation);
        if (found.Count > 0 || text.LastIndexOf('@') is not (> 0 and var at))
        {
            return found;
        }

        var (name, version) = (text[..at], text[(at + 1)..]);
        return await ListAsync(
            server, [new("name", name), new("version", version)],
            manifest => Text(manifest, "name") == name && Text(manifest, "version") == version, cancellation);
    }

    private static async Task<List<RemoteManifest>> ListAsync(
        Session server, List<KeyValuePair<string, string>> filters, Func<RemoteManifest, bool> isIt, CancellationToken cancellation)
    {
        filters.Add(new("state", "all"));
        var found = new List<RemoteManifest>();
        await foreach (var manifest in server.Images.ListAsync(server.Source, filters, server.RequestId, cancellation))
        {
            if (isIt(manifest))
            {
                found.Add(manifest);
            }
        }

        return found;
    }

    private static RemoteManifest Only(string text, List<RemoteManifest> found) => found switch
    {
        [] => throw new CommandException($"there is no image \"{VisibleText.Cut(text)}\": imgapi list -a shows all", ExitCode.Refused),
        [var only] => only,
        _ => throw Ambiguous(text, found),
    };

    private static CommandException Ambiguous(string text, List<RemoteManifest> found) => new(
        $"\"{VisibleText.Cut(text)}\" can be {string.Join(" or ", found.Take(5).Select(Describe))}{(found.Count > 5 ? " or others" : "")}: give more of the UUID", ExitCode.Refused);

    private static string Describe(RemoteManifest manifest) =>
        $"{manifest.Uuid} ({Text(manifest, "name")}@{Text(manifest, "version")}, {State(manifest)})";

    private static string? Text(RemoteManifest manifest, string field) => manifest.Json.Member(field).AsLenientText();

    private static string? State(RemoteManifest manifest) => Text(manifest, "state");

    private static string Published(RemoteManifest manifest) => Text(manifest, "published_at") ?? "";
}
