using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.XPath;

namespace ImgApi.Api.OpenApi;

/// <summary>The comments of the code, for people who read the API documentation.</summary>
internal static partial class PlainComments
{
    /// <summary>The comments of all assemblies beside the program, without the references to sections of the wire contract.</summary>
    public static IEnumerable<XPathDocument> Read()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.xml"))
        {
            using var text = new StringReader(Reference.Replace(File.ReadAllText(file), ""));
            using var reader = XmlReader.Create(text);
            yield return new XPathDocument(reader);
        }
    }

    [GeneratedRegex(@"\s*\((contract |section )[^()]*\)")]
    private static partial Regex Reference { get; }
}
