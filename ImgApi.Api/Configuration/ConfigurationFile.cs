using System.Text.Json;

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
            if (Directory.Exists(path))
            {
                throw new IOException("it is a folder");
            }

            // As text, so that the mark that some editors put at the beginning does not matter.
            using var document = JsonDocument.Parse(File.ReadAllText(path), Json);
            return Read(path, document.RootElement);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConfigurationException(path, [fault.Message]);
        }
        catch (InvalidOperationException)
        {
            throw new ConfigurationException(path, ["a string holds half of a surrogate pair"]);
        }
    }

    private static ServerConfiguration Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException(path, ["the file does not hold a JSON object"]);
        }

        var problems = new List<string>();
        var configuration = new ServerConfiguration { DataFolder = "" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                problems.Add($"\"{member.Name}\" is there twice");
            }
            else if (!ConfigurationKeys.All.TryGetValue(member.Name, out var key))
            {
                problems.Add(Unknown(member.Name));
            }
            else if (key.Apply(configuration, member.Value) is { } next)
            {
                configuration = next;
            }
            else
            {
                problems.Add($"\"{member.Name}\" must be {key.Expectation}");
            }
        }

        problems.AddRange(Contradictions(configuration, seen));
        return problems.Count == 0 ? configuration : throw new ConfigurationException(path, problems);
    }

    private static string Unknown(string name)
    {
        var near = ConfigurationKeys.All.Keys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? ConfigurationKeys.All.Keys.FirstOrDefault(key => EditDistance.Between(key, name) <= 2);
        return $"\"{name}\" is not a known key" + (near is null ? "" : $"; did you mean \"{near}\"?");
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
