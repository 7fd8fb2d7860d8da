using System.Reflection;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>docs/security.md promises tests; they are there.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed partial class SecurityDocumentTests
{
    private static string Document() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Test]
    public void Every_threat_has_a_test_and_every_test_exists()
    {
        var table = Document().Split("## Threats")[1].Split("\nNot covered")[0];
        var rows = table.Split('\n').Where(row => row.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToArray();
        Assert.That(rows, Has.Length.GreaterThan(20));
        Assert.That(rows.Where(row => !Reference.IsMatch(row)), Is.Empty);
        var tests = Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods(), (type, method) => $"{type.Name}.{method.Name}").ToHashSet(StringComparer.Ordinal);
        Assert.That(Reference.Matches(table).Select(reference => reference.Groups[1].Value).Where(name => !tests.Contains(name)), Is.Empty);
    }

    [GeneratedRegex(@"`(\w+(?:Tests|Fuzzing)\.\w+)`")]
    private static partial Regex Reference { get; }
}
