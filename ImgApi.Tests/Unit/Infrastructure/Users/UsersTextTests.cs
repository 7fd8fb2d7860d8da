using System.Text;
using System.Text.Json.Nodes;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Tests.Unit.Infrastructure.Users;

/// <summary>Edits of the text of a users file.</summary>
[TestFixture]
internal sealed class UsersTextTests
{
    private const string Written = """
        // Users of the build server, see {wiki}
        {
          "owner": "ops", // not ours
          "users": [
            { "name": "ann",  "password": "1", "role": "admin", "mail": "a@x" }, // the boss, [sic]
            /* joined in May */ { "name": "joe", "role": "read", "password": "2" } // on leave, until May
          ],
          "last": { "users": [] }
        }
        // end

        """;

    [Test]
    public void A_new_entry_comes_after_the_comment_about_the_last_one() => AssertEdit(
        text => text.Add("users", Entry("eve")),
        """
        // Users of the build server, see {wiki}
        {
          "owner": "ops", // not ours
          "users": [
            { "name": "ann",  "password": "1", "role": "admin", "mail": "a@x" }, // the boss, [sic]
            /* joined in May */ { "name": "joe", "role": "read", "password": "2" }, // on leave, until May
            {"name":"eve"}
          ],
          "last": { "users": [] }
        }
        // end

        """);

    [Test]
    public void A_changed_value_leaves_the_rest_of_the_text() => AssertEdit(
        text => text.Set("users", 0, "password", "$a+b/c"), Written.Replace("\"1\"", "\"$a+b/c\"", StringComparison.Ordinal));

    [Test]
    public void A_number_is_written_without_quotes() => AssertEdit(
        text => text.Set("users", 1, "quota", 1000L), Written.Replace("\"2\"", "\"2\", \"quota\": 1000", StringComparison.Ordinal));

    [Test]
    public void A_new_member_comes_after_the_others() => AssertEdit(
        text => text.Set("users", 1, "revoked", "now"), Written.Replace("\"2\"", "\"2\", \"revoked\": \"now\"", StringComparison.Ordinal));

    [Test]
    public void A_removed_entry_takes_no_comment_with_it() => AssertEdit(
        text => text.Remove("users", 1),
        """
        // Users of the build server, see {wiki}
        {
          "owner": "ops", // not ours
          "users": [
            { "name": "ann",  "password": "1", "role": "admin", "mail": "a@x" } // the boss, [sic]
            /* joined in May */  // on leave, until May
          ],
          "last": { "users": [] }
        }
        // end

        """);

    [TestCase("[1,2]", 0, "[2]")]
    [TestCase("[1,2]", 1, "[1]")]
    [TestCase("[1]", 0, "[]")]
    [TestCase("[\n 1,\n 2\n]", 0, "[\n 2\n]")]
    [TestCase("[\n 1,\n 2,\n 3\n]", 1, "[\n 1,\n 3\n]")]
    [TestCase("[\r\n 1,\r\n 2\r\n]", 1, "[\r\n 1\r\n]")]
    [TestCase("[1 /*,*/ , 2]", 0, "[ /*,*/  2]")]
    public void A_removed_entry_takes_its_comma_and_its_line_with_it(string list, int index, string left)
    {
        var text = Of($$"""{"users":{{list}}}""");
        text.Remove("users", index);
        Assert.That(Text(text), Is.EqualTo($$"""{"users":{{left}}}"""));
    }

    [TestCase("""{"users":[]}""", "{\"users\":[\n    {\"name\":\"eve\"}\n  ]}")]
    [TestCase("{\"users\":[1 // x\n]}", "{\"users\":[1, // x\n    {\"name\":\"eve\"}\n]}")]
    [TestCase("""{"users":[1]}""", "{\"users\":[1,\n    {\"name\":\"eve\"}\n  ]}")]
    public void An_entry_can_be_added_to_any_list(string before, string after)
    {
        var text = Of(before);
        text.Add("users", Entry("eve"));
        Assert.That(Text(text), Is.EqualTo(after));
    }

    [Test]
    public void A_list_that_is_missing_is_added()
    {
        var text = Of("{ \"users\": [] /* none */ }");
        text.Add("tokens", Entry("t"));
        Assert.That(Text(text), Is.EqualTo("{ \"users\": [],\n  \"tokens\": [\n    {\"name\":\"t\"}\n  ] /* none */ }"));
    }

    private static void AssertEdit(Action<UsersText> edit, string expected)
    {
        var text = Of(Written);
        edit(text);
        Assert.That(Text(text), Is.EqualTo(expected));
    }

    private static UsersText Of(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Text(UsersText text) => Encoding.UTF8.GetString(text.Bytes);

    private static JsonObject Entry(string name) => new() { ["name"] = name };
}
