using System.Collections;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using ImgApi.Api.Configuration;

namespace ImgApi.Tests.Documents;

/// <summary>Writes the table of the configuration in README.md from the doc comments of <see cref="ServerConfiguration"/>.</summary>
internal static class ConfigurationTable
{
    // The keys that a new server needs. The others follow in alphabetical order.
    private static readonly string[] First = ["datadir", "address", "port", "host", "userdb"];

    private static readonly ServerConfiguration Defaults = new() { DataFolder = "" };

    /// <summary>The whole table.</summary>
    public static string Write()
    {
        var comments = XDocument.Load(Path.ChangeExtension(typeof(ServerConfiguration).Assembly.Location, ".xml"), LoadOptions.PreserveWhitespace)
            .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        var table = new StringBuilder("| key | default | meaning |\n| --- | --- | --- |\n");
        var keys = ConfigurationKey.Of(typeof(ServerConfiguration));
        foreach (var (name, property) in keys.OrderBy(key => First.Contains(key.Name) ? Array.IndexOf(First, key.Name) : First.Length).ThenBy(key => key.Name, StringComparer.OrdinalIgnoreCase))
        {
            var comment = comments[$"P:{typeof(ServerConfiguration).FullName}.{property.Name}"];
            var value = comment.Element("value") is { } words ? Markdown(words) : Default(property);
            table.Append($"| `{name}` | {value} | {Markdown(comment.Element("summary")!).TrimEnd('.')} |\n");
        }

        return table.ToString();
    }

    private static string Default(PropertyInfo property) => property.GetValue(Defaults) switch
    {
        null => "-",
        bool isOn => isOn ? "`true`" : "`false`",
        Enum word => $"`{word.ToString().ToLowerInvariant()}`",
        IDictionary => "`{}`",
        ICollection => "`[]`",
        string or System.Net.IPAddress => $"`{property.GetValue(Defaults)}`",
        var number => $"{number}",
    };

    private static string Markdown(XElement element) => string.Join(' ', string.Concat(element.Nodes().Select(Markdown)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Markdown(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } link => $"[{link.Value}]({link.Attribute("href")!.Value})",
        XText text => text.Value,
        _ => throw new InvalidOperationException($"unknown tag in a doc comment: {node}"),
    };
}
