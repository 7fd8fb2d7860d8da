using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>Links between pages, and citations of the contract in comments, have a target.</summary>
[TestFixture]
internal sealed partial class ReferenceTests
{
    private static readonly string[] Ignored = ["bin", "obj", "node_modules", ".git"];

    [Test]
    public void Every_link_of_a_page_has_an_existing_file_and_heading()
    {
        var broken = from page in Files("*.md")
                     from Match link in Link.Matches(File.ReadAllText(page))
                     let target = link.Groups["path"].Length == 0 ? page : Path.GetFullPath(link.Groups["path"].Value, Path.GetDirectoryName(page)!)
                     let anchor = link.Groups["anchor"].Value
                     where !Path.Exists(target) || (anchor.Length > 0 && !Anchors(target).Contains(anchor))
                     select $"{Path.GetRelativePath(Repository.Root, page)}: {link.Value}";
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Every_section_of_the_contract_that_code_cites_exists()
    {
        var sections = Section.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "contract.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        var wrong = from source in Files("*.cs")
                    from Match citation in Citation.Matches(File.ReadAllText(source))
                    where !sections.Contains(citation.Groups[1].Value)
                    select $"{Path.GetRelativePath(Repository.Root, source)}: {citation.Value}";
        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Intersect(Ignored).Any());

    /// <summary>The anchors of the headings, as GitHub generates them.</summary>
    private static HashSet<string> Anchors(string page) =>
        [.. Heading.Matches(File.ReadAllText(page)).Select(match => NoAnchor.Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(#(?<anchor>[^)\s]*))?\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor { get; }

    [GeneratedRegex(@"^#+ (\d+(?:\.\d+)?)\.? ", RegexOptions.Multiline)]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"[Cc]ontract (\d+(?:\.\d+)?)")]
    private static partial Regex Citation { get; }
}
