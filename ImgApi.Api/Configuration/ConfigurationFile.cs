using System.Collections;
using System.Text;
using System.Text.Unicode;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Reads the configuration: one JSON object, in which comments are allowed. Unknown keys are errors, since otherwise a typo would silently
/// keep the default. Environment variables <c>IMGAPI_...</c> override the file.
/// </summary>
internal static class ConfigurationFile
{
    private static readonly ConfigurationValidator Validator = new();
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads and validates a configuration.</summary>
    /// <param name="path">The file; null if the environment variables are the whole configuration.</param>
    /// <param name="environment">Environment variables; null for those of the process.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or is not valid. The exception lists all problems.</exception>
    public static ServerConfiguration Read(string? path, IDictionary? environment = null)
    {
        try
        {
            using var document = path is null ? JsonDocument.Parse("{}") : Parse(path);
            return Read(path, document.RootElement, new(environment ?? Environment.GetEnvironmentVariables()));
        }
        catch (InvalidOperationException)
        {
            throw new ConfigurationException(path ?? ConfigurationSource.Variables, ["a string contains half of a surrogate pair"]);
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
                : throw new ConfigurationException(path, ["it is not text in UTF-8; save it as UTF-8"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(path, [FileFault.Describe(fault)]);
        }
    }

    private static ServerConfiguration Read(string? path, JsonElement root, ConfigurationVariables variables)
    {
        var name = path ?? ConfigurationSource.Variables;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException(name, ["the file does not contain a JSON object"]);
        }

        var file = path is null ? null : Path.GetFullPath(path);
        var folder = file is null ? Environment.CurrentDirectory : Path.GetDirectoryName(file)!;
        var binder = new ConfigurationBinder(folder);
        var (bound, values) = binder.Bind(root, variables);
        var configuration = HandedSockets.ApplyTo(bound, name);
        var problems = binder.Problems.Concat(InvalidValues(configuration, binder.Problems))
            .Select(problem => problem.Text + variables.Origin(problem.Path.Split('.', '[')[0])).ToArray();
        return problems.Length == 0
            ? configuration.WithFullPaths(folder) with { Source = new(file, values.ToDictionary(value => value.Key, value => value.Value.Clone()), variables.Unknown()) }
            : throw new ConfigurationException(name, problems);
    }

    /// <summary>Invalid values, except those whose type is wrong, for which the binder has a message.</summary>
    private static IEnumerable<(string Path, string Text)> InvalidValues(ServerConfiguration configuration, IReadOnlyList<(string Path, string Text)> known) =>
        from failure in Validator.Validate(configuration).Errors
        where !known.Any(problem => IsWithin(failure.PropertyName, problem.Path))
        select (failure.PropertyName, $"{ConfigurationKey.Location(failure.PropertyName)} {failure.ErrorMessage}");

    private static bool IsWithin(string path, string outer) =>
        outer.Length > 0 && path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');
}

/// <summary>The origin of a configuration.</summary>
/// <param name="File">Full path of the file; null if the environment variables are the whole configuration.</param>
/// <param name="Values">The value of each key that the file or the environment sets.</param>
/// <param name="UnknownVariables">Environment variables with the prefix of keys that match none.</param>
internal sealed record ConfigurationSource(string? File, IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<string> UnknownVariables)
{
    public const string Variables = "(environment variables)";

    /// <summary>The file, or what stands for it in messages.</summary>
    public string Name => File ?? Variables;
}

/// <summary>The configuration cannot be used. The message is for the operator and lists every problem.</summary>
/// <param name="file">The configuration file.</param>
/// <param name="problems">Sentences without a full stop.</param>
internal sealed class ConfigurationException(string file, IReadOnlyList<string> problems)
    : Exception($"cannot use the configuration {file}:\n" + string.Join('\n', problems.Select(problem => "  - " + problem)))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
