using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.XPath;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The comments of the code, for the API documentation: without the references to sections of the contract.</summary>
internal static partial class PlainComments
{
    private static readonly Lazy<XPathDocument[]> Documents = new(() =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "*.xml").Select(file =>
        {
            using var text = new StringReader(Reference.Replace(File.ReadAllText(file), ""));
            using var reader = XmlReader.Create(text);
            return new XPathDocument(reader);
        })]);

    /// <summary>The comments of all assemblies beside the program.</summary>
    public static IReadOnlyList<XPathDocument> All => Documents.Value;

    public static string Summary(MethodInfo method) => Find(method, "summary");

    /// <summary>The comment of a parameter; empty if it has none.</summary>
    public static string Parameter(ParameterInfo parameter) => Find((MethodInfo)parameter.Member, $"param[@name='{parameter.Name}']");

    private static string Find(MethodInfo method, string element)
    {
        var path = $"/doc/members/member[@name='{XmlCommentsNodeNameHelper.GetMemberNameForMethod(method)}']/{element}";
        var comment = All.Select(document => document.CreateNavigator().SelectSingleNode(path)).FirstOrDefault(node => node is not null);
        return comment is null ? "" : Spaces.Replace(XmlCommentsTextHelper.Humanize(comment.InnerXml), " ");
    }

    [GeneratedRegex(@"\s*\((contract |section )[^()]*\)")]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
