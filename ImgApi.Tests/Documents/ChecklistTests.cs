using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>The checklist of docs/contract.md and the tests that carry its numbers (<see cref="CheckAttribute"/>).</summary>
[TestFixture]
internal sealed partial class ChecklistTests
{
    private static readonly int[] Listed =
    [
        .. Item.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "contract.md")).Split("\n## 13. ")[1])
            .Select(item => int.Parse(item.Groups[1].Value, CultureInfo.InvariantCulture)),
    ];

    private static readonly int[] Tested =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttribute<CheckAttribute>()?.Numbers ?? []),
    ];

    [Test]
    public void Checks_are_numbered_without_gaps() => Assert.That(Listed, Is.EqualTo(Enumerable.Range(1, 170)));

    [Test]
    public void Every_check_of_the_contract_has_a_test() => Assert.That(Listed.Except(Tested), Is.Empty);

    [Test]
    public void Every_number_on_a_test_is_a_check_of_the_contract() => Assert.That(Tested.Except(Listed), Is.Empty);

    [GeneratedRegex(@"^(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Item { get; }
}
