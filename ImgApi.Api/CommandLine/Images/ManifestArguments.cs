using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>
/// Fields of a manifest as arguments: <c>name=web</c>, <c>requirements.min_ram=1024</c>, <c>tags.role=db</c>. A field that is text in a manifest
/// takes the value as it is, so that <c>version=2</c> is not a number; others take JSON, or else text.
/// </summary>
internal sealed class ManifestArguments
{
    private readonly List<(string[] Path, JsonNode? Value)> _fields = [];

    private ManifestArguments()
    {
    }

    /// <summary>Whether a value lies inside of a field, or is removed from one.</summary>
    public bool NeedsManifest => _fields.Exists(one => one.Path.Length > 1);

    /// <param name="field">The field that the arguments are inside of; null if each names its field.</param>
    /// <exception cref="CommandException">An argument is not <c>FIELD=VALUE</c>.</exception>
    public static ManifestArguments Parse(IEnumerable<string> arguments, string? field = null)
    {
        var parsed = new ManifestArguments();
        foreach (var argument in arguments)
        {
            if (argument.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
            {
                throw new CommandException($"\"{VisibleText.Cut(argument)}\" is not {(field is null ? "FIELD" : "KEY")}=VALUE");
            }

            // Keys of tags may contain dots.
            string[] path = field is null ? argument[..at].Split('.', 2) : [field, argument[..at]];
            parsed._fields.Add((path, Value(path, argument[(at + 1)..])));
        }

        return parsed;
    }

    /// <summary>The fields as a manifest, or as the body of an update.</summary>
    /// <param name="before">The manifest before; undefined if there is none.</param>
    public JsonElement ToJson(JsonElement before)
    {
        var manifest = new JsonObject();
        foreach (var (path, value) in _fields)
        {
            if (path is not [var field, var member])
            {
                manifest[path[0]] = value;
                continue;
            }

            var whole = manifest[field] as JsonObject ?? (before.Member(field) is { ValueKind: JsonValueKind.Object } known ? JsonObject.Create(known) : null) ?? [];
            manifest[field] = whole.DeepClone();
            if (value is null)
            {
                manifest[field]!.AsObject().Remove(member);
            }
            else
            {
                manifest[field]![member] = value;
            }
        }

        return JsonElement.Parse(manifest.ToJsonString());
    }

    /// <summary>An empty value removes the field.</summary>
    private static JsonNode? Value(string[] path, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (path.Length == 1 && ManifestSchema.Find(path[0])?.Kind is { } kind && kind.Shape == typeof(string))
        {
            return JsonValue.Create(text);
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
