using System.Text;
using System.Text.Json;

namespace ImgApi.Tests.Documents;

/// <summary>Writes docs/api.md from the server's OpenAPI document and its register of errors.</summary>
/// <param name="document">The OpenAPI document.</param>
internal sealed class ApiPage(JsonElement document)
{
    private readonly StringBuilder _page = new();

    /// <summary>The whole page.</summary>
    public string Write()
    {
        Line("# Endpoints and errors");
        Line();
        Line("Written from the OpenAPI document, which a running server shows at `/swagger`, and from the register of errors. `./make.sh docs` writes the page");
        Line("again. What is on the wire to the letter is in [contract.md](contract.md).");
        foreach (var tag in document.GetProperty("tags").EnumerateArray())
        {
            WriteTag(tag);
        }

        WriteErrors();
        return _page.ToString();
    }

    private void WriteTag(JsonElement tag)
    {
        var name = tag.GetProperty("name").GetString()!;
        Line();
        Line($"## {name}");
        Line();
        Line(Text(tag, "description"));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(operation => operation.Value.GetProperty("tags")[0].GetString() == name))
            {
                WriteOperation($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
            }
        }
    }

    private void WriteOperation(string route, JsonElement operation)
    {
        Line();
        Line($"### {Text(operation, "operationId")}: `{route}`");
        Line();
        Line(Text(operation, "summary"));
        if (operation.TryGetProperty("description", out _))
        {
            Line();
            Line(Text(operation, "description"));
        }

        WriteParameters(operation);
        WriteAnswers(operation);
    }

    private void WriteParameters(JsonElement operation)
    {
        if (!operation.TryGetProperty("parameters", out var parameters))
        {
            return;
        }

        Line();
        Line("| parameter | in | meaning |");
        Line("| --- | --- | --- |");
        foreach (var parameter in parameters.EnumerateArray())
        {
            Line($"| `{Text(parameter, "name")}` | {Text(parameter, "in")} | {Text(parameter, "description")}{Choices(parameter)} |");
        }
    }

    private static string Choices(JsonElement parameter) =>
        parameter.GetProperty("schema").TryGetProperty("enum", out var choices)
            ? $" One of {string.Join(", ", choices.EnumerateArray().Select(choice => $"`{choice}`"))}."
            : "";

    private void WriteAnswers(JsonElement operation)
    {
        var codes = operation.GetProperty("responses").EnumerateObject().OrderBy(answer => answer.Name, StringComparer.Ordinal).ToArray();
        var errors = codes.SelectMany(answer => ErrorCode.All.Where(error => Text(answer.Value, "description").Contains($"`{error.Name}`:", StringComparison.Ordinal)));
        Line();
        Line($"Answers: {string.Join(", ", codes.Where(answer => string.CompareOrdinal(answer.Name, "400") < 0).Select(answer => answer.Name))}. Errors: "
            + string.Join(", ", errors.Select(error => $"`{error.Name}`")) + ".");
    }

    private void WriteErrors()
    {
        Line();
        Line("## Errors");
        Line();
        Line("An error is a JSON object with `code` and `message`, and with `errors` where single fields are wrong.");
        Line();
        Line("| code | status | meaning |");
        Line("| --- | --- | --- |");
        foreach (var error in ErrorCode.All.OrderBy(error => error.Name, StringComparer.Ordinal))
        {
            Line($"| `{error.Name}` | {error.Status} | {error.Meaning} |");
        }
    }

    /// <summary>A text member in one line; empty if there is none.</summary>
    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) ? string.Join(' ', text.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : "";

    private void Line(string text = "") => _page.Append(text).Append('\n');
}
