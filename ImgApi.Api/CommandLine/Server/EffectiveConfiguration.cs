using System.Collections;
using System.Net;
using System.Text.RegularExpressions;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>Lists the values of a configuration without its secrets.</summary>
internal static partial class EffectiveConfiguration
{
    private const string Unset = "-";

    /// <summary>Every key with its value in force, and where the value comes from. Keys that are set come first.</summary>
    public static IReadOnlyList<EffectiveValue> Of(ServerConfiguration configuration, ConfigurationVariables variables)
    {
        var set = configuration.Source!.Values;
        return
        [
            .. from key in ConfigurationKey.Of(typeof(ServerConfiguration))
               let isSet = set.ContainsKey(key.Name)
               orderby isSet descending, key.Name
               select new EffectiveValue(
                   key.Name,
                   Text(key.Property.GetValue(configuration)) switch
                   {
                       null when isSet => WithoutPasswords(set[key.Name].GetRawText()),
                       null or "" => Unset,
                       var text => text,
                   },
                   variables.VariableOf(key.Name) ?? (isSet ? "file" : "default")),
        ];
    }

    /// <summary>A value as the configuration file would have it; null for a value that only its JSON describes.</summary>
    private static string? Text(object? value) => value switch
    {
        null => Unset,
        bool isOn => isOn ? "true" : "false",
        LogLevel level => LogLevelWords.Of(level),
        Enum word => word.ToString().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal),
        string or IPAddress or Uuid or int or long or double => $"{value}",
        Uri url => WithoutPasswords(url.AbsoluteUri),
        TlsFiles tls => $"{tls.Certificate}, {tls.Key}",
        IEnumerable<UserEntry> users => string.Join(", ", users),
        CorsOrigins origins => string.Join(", ", origins.List),
        IDictionary map => string.Join(", ", map.Keys.Cast<string>()),
        IEnumerable<string> list => string.Join(", ", list),
        _ => null,
    };

    private static string WithoutPasswords(string text) => Password.Replace(text, "$1***@");

    [GeneratedRegex(@"(://[^/@:\s""]*:)[^/@\s""]*@")]
    private static partial Regex Password { get; }
}

/// <param name="Origin">The environment variable, <c>file</c> or <c>default</c>.</param>
internal sealed record EffectiveValue(string Key, string Value, string Origin);
