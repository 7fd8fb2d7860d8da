using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ImgApi.Domain.Text;
using ImgApi.Infrastructure.FileSystem;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Reads the configuration: one JSON object, comments allowed. Strict, since a mistyped key that is ignored is a server
/// that does something else than its operator believes.
/// </summary>
public static class ConfigurationFile
{
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or is not valid; all problems at once.</exception>
    public static ServerConfiguration Read(string path)
    {
        try
        {
            using var document = Parse(path);
            return Read(path, document.RootElement);
        }
        catch (InvalidOperationException)
        {
            throw new ConfigurationException(path, ["a string holds half of a surrogate pair"]);
        }
    }

    private static JsonDocument Parse(string path)
    {
        var text = ReadText(path);
        try
        {
            return JsonDocument.Parse(text, Json);
        }
        catch (JsonException fault)
        {
            throw new ConfigurationException(path, [JsonFault.Describe(text, fault)]);
        }
    }

    private static byte[] ReadText(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ConfigurationException(path, ["it is a folder, not a file"]);
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            return Utf8.IsValid(bytes)
                ? bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes
                : throw new ConfigurationException(path, ["it is not text in UTF-8; save it so in the editor"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(path, [FileFault.Describe(fault)]);
        }
    }

    private static ServerConfiguration Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException(path, ["the file does not hold a JSON object"]);
        }

        var problems = new List<string>();
        var configuration = new ServerConfiguration { DataFolder = "", Source = new(Path.GetFullPath(path), root.Clone()) };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                problems.Add($"\"{member.Name}\" is given twice");
            }
            else if (!ConfigurationKeys.All.TryGetValue(member.Name, out var key))
            {
                problems.Add(KnownKeys.Unknown(member.Name, ConfigurationKeys.All.Keys));
            }
            else if (key.Apply(configuration, member.Value) is { } next)
            {
                configuration = next;
            }
            else
            {
                var details = key.Problems?.Invoke(member.Value).ToArray() ?? [];
                problems.AddRange(details.Length > 0 ? details : [$"\"{member.Name}\" must be {key.Expectation}"]);
            }
        }

        problems.AddRange(Contradictions(configuration, seen));
        return problems.Count == 0 ? configuration : throw new ConfigurationException(path, problems);
    }

    private static IEnumerable<string> Contradictions(ServerConfiguration configuration, HashSet<string> seen)
    {
        if (!seen.Contains(ConfigurationKeys.DataFolder))
        {
            yield return $"\"{ConfigurationKeys.DataFolder}\" is missing: the folder that holds the images";
        }

        foreach (var problem in CredentialSettings.Problems(configuration))
        {
            yield return problem;
        }
    }
}
