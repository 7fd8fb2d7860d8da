using System.Text.RegularExpressions;
using ImgApi.Domain.Access;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>The table of roles in docs/security.md agrees with the code. <c>./make.sh docs</c> regenerates it.</summary>
[TestFixture]
internal sealed partial class RoleDocumentTests
{
    [Test]
    public async Task The_table_of_roles_is_up_to_date()
    {
        var file = Path.Combine(Repository.Root, "docs", "security.md");
        var page = await File.ReadAllTextAsync(file);
        var expected = Table.Replace(page, _ => Write());
        if (Environment.GetEnvironmentVariable(ApiPageTests.WriteInstead) is not null)
        {
            await File.WriteAllTextAsync(file, page = expected);
        }

        Assert.That(page, Is.EqualTo(expected).And.Contains(Write()));
    }

    private static string Write() => string.Concat(
    [
        Row("may", RoleTable.Roles.Select(RoleTable.NameOf)), Row("---", RoleTable.Roles.Select(_ => "---")),
        .. RoleTable.Rows.Select(row => Row(row.Deed, RoleTable.Roles.Select(role => new Actor("joe", role).May(row.Right) ? "yes" : "no"))),
    ]);

    private static string Row(string first, IEnumerable<string> others) => $"| {string.Join(" | ", others.Prepend(first))} |\n";

    [GeneratedRegex("""^\| may \|.*\n(\|.*\n)+""", RegexOptions.Multiline)]
    private static partial Regex Table { get; }
}
