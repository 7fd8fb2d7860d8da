using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>
/// A Markdown page whose commands are run unchanged: <c>sh</c> blocks hold commands, <c>console</c> blocks hold commands after
/// a <c>$</c> and what they print.
/// </summary>
internal static class CommandDocument
{
    // Commands for other machines, and the test run itself.
    private static readonly string[] Elsewhere =
        ["imgadm ", "svcadm ", "systemctl ", "apt-get ", "podman ", "npm ci", "dotnet test", "https://images.smartos.org", "--from smartos", "https://www.example.com"];

    /// <summary>The commands that can run on a test machine, in order. A block with another command is left out.</summary>
    public static async Task<IReadOnlyList<DocumentStep>> ReadAsync(string path)
    {
        var steps = new List<DocumentStep>();
        var lines = await File.ReadAllLinesAsync(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not ("```sh" or "```console"))
            {
                continue;
            }

            var end = Array.IndexOf(lines, "```", i + 1);
            var block = lines[(i + 1)..end];
            if (!Elsewhere.Any(word => block.Any(line => line.Contains(word, StringComparison.Ordinal))))
            {
                steps.AddRange(await ReadBlockAsync(block, i + 2, hasPrompts: lines[i] == "```console"));
            }

            i = end;
        }

        return steps;
    }

    private static async Task<List<DocumentStep>> ReadBlockAsync(string[] block, int firstLine, bool hasPrompts)
    {
        var steps = new List<DocumentStep>();
        for (var i = 0; i < block.Length;)
        {
            var start = i;
            var command = hasPrompts ? block[i][2..] : block[i];
            for (i++; i < block.Length && !await IsCompleteAsync(command); i++)
            {
                command += "\n" + block[i];
            }

            var output = hasPrompts ? block[i..].TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal)).ToArray() : [];
            i += output.Length;
            steps.Add(new DocumentStep(firstLine + start, command, output.Length > 0 ? string.Join('\n', output) : null));
        }

        return steps;
    }

    /// <summary>Whether the command is complete, without an open quote or a continued line.</summary>
    private static async Task<bool> IsCompleteAsync(string command)
    {
        var (code, _, error) = await Tools.RunAsync("bash", ["-n"], input: command + "\n");
        return code == 0 && error.Length == 0 && !command.EndsWith('\\');
    }
}
