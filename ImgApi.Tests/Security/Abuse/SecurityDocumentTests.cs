using System.Reflection;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>The tests that <c>docs/security.md</c> names for each threat.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed partial class SecurityDocumentTests
{
    private static string Table() =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")).Split("## Threats")[1].Split("\nNot covered")[0];

    [Test]
    public void Every_threat_in_the_security_document_has_a_test()
    {
        var rows = Table().Split('\n').Where(row => row.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToArray();
        Assert.That(rows, Has.Length.GreaterThan(20));
        Assert.That(rows.Where(row => !Reference.IsMatch(row)), Is.Empty);
    }

    [Test]
    public void Every_test_in_the_security_document_exists()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods(), (type, method) => $"{type.Name}.{method.Name}").ToHashSet(StringComparer.Ordinal);
        Assert.That(Reference.Matches(Table()).Select(reference => reference.Groups[1].Value).Where(name => !tests.Contains(name)), Is.Empty);
    }

    [GeneratedRegex(@"`(\w+(?:Tests|Fuzzing)\.\w+)`")]
    private static partial Regex Reference { get; }
}
