using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>The configuration table of README.md agrees with the code. <c>./make.sh docs</c> regenerates it.</summary>
[TestFixture]
internal sealed partial class ConfigurationTableTests
{
    [Test]
    public async Task The_table_of_configuration_keys_is_up_to_date()
    {
        var file = Path.Combine(Repository.Root, "README.md");
        var readme = await File.ReadAllTextAsync(file);
        var expected = Table.Replace(readme, _ => ConfigurationTable.Write());
        if (Environment.GetEnvironmentVariable(ApiPageTests.WriteInstead) is not null)
        {
            await File.WriteAllTextAsync(file, readme = expected);
        }

        Assert.That(readme, Is.EqualTo(expected));
    }

    [GeneratedRegex("""^\| key \| default \| meaning \|\n(\|.*\n)+""", RegexOptions.Multiline)]
    private static partial Regex Table { get; }
}
