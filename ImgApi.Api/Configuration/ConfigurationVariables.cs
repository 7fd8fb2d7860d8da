using System.Collections;

namespace ImgApi.Api.Configuration;

/// <summary>The environment variables <c>IMGAPI_...</c>, one for each key: <c>IMGAPI_MAX_IMAGE_SIZE</c> for <c>maxImageSize</c>.</summary>
/// <param name="variables">All environment variables.</param>
internal sealed class ConfigurationVariables(IDictionary variables)
{
    private const string Prefix = "IMGAPI_";

    // The command line's own, which a service manager may set for both.
    private static readonly string[] OfClient = ["IMGAPI_URL", "IMGAPI_PASSWORD"];

    /// <summary>The value for a key; null if its variable is not set.</summary>
    public string? Find(string key) => variables[Name(key)] as string;

    /// <summary>The end of a message about a key whose value comes from a variable; empty for other keys.</summary>
    public string Origin(string key) => VariableOf(key) is { } variable ? $" (from {variable})" : "";

    /// <summary>The name of the variable that sets a key, or that names the file with its value; null if neither is set.</summary>
    public string? VariableOf(string key) =>
        new[] { key, key + ConfigurationBinder.FileSuffix }.FirstOrDefault(name => Find(name) is not null) is { } found ? Name(found) : null;

    /// <summary>Variables with the prefix that match no key.</summary>
    public IReadOnlyList<string> Unknown()
    {
        var keys = ConfigurationKey.Of(typeof(ServerConfiguration)).Select(key => key.Name).ToArray();
        var known = keys.Concat(keys.Select(key => key + ConfigurationBinder.FileSuffix)).Select(Name).Concat(OfClient).ToHashSet(StringComparer.Ordinal);
        return [.. variables.Keys.Cast<string>().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name)).Order(StringComparer.Ordinal)];
    }

    private static string Name(string key) => Prefix + JsonNamingPolicy.SnakeCaseUpper.ConvertName(key);
}
