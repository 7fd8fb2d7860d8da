using System.Text.RegularExpressions;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A system call that succeeded or has not returned, from a trace of <c>strace -f -y</c>.</summary>
/// <param name="Name">The name of the call.</param>
/// <param name="Arguments">The arguments as text.</param>
/// <param name="Began">The index of the line at which it began.</param>
/// <param name="Ended">The index of the line at which it returned; the number of lines if it did not.</param>
internal sealed partial record SystemCall(string Name, string Arguments, int Began, int Ended)
{
    /// <summary>The path of the first descriptor.</summary>
    public string DescriptorPath => Descriptor.Match(Arguments).Groups[1].Value;

    /// <summary>The quoted arguments.</summary>
    public string[] Paths => [.. Quoted.Matches(Arguments).Select(match => match.Groups[1].Value)];

    /// <summary>Parses a trace. Calls of several threads overlap, so one call may take two lines.</summary>
    public static IReadOnlyList<SystemCall> Parse(IReadOnlyList<string> lines)
    {
        var calls = new List<SystemCall>();
        var begun = new Dictionary<string, (int Place, string Text)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = Line.Match(lines[i]);
            var (thread, text, began) = (line.Groups[1].Value, line.Groups[2].Value, i);
            if (Unfinished.Match(text) is { Success: true } unfinished)
            {
                begun[thread] = (i, unfinished.Groups[1].Value);
                continue;
            }

            if (Resumed.Match(text) is { Success: true } resumed && begun.Remove(thread, out var start))
            {
                (began, text) = (start.Place, start.Text + resumed.Groups[1].Value);
            }

            if (Call.Match(text) is { Success: true } call)
            {
                calls.Add(new SystemCall(call.Groups[1].Value, call.Groups[2].Value, began, i));
            }
        }

        return [.. calls, .. begun.Values.Select(start => Of(start.Text, start.Place, lines.Count))];
    }

    private static SystemCall Of(string unfinished, int began, int ended)
    {
        var parts = unfinished.Split('(', 2);
        return new SystemCall(parts[0], parts[^1], began, ended);
    }

    [GeneratedRegex(@"\A(\d+)\s+(.*)\z", RegexOptions.Singleline)]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"\A(\w+\(.*)<(unfinished|detached) \.\.\.>\z")]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex(@"\A<\.\.\. \w+ resumed>(.*)\z")]
    private static partial Regex Resumed { get; }

    [GeneratedRegex(@"\A(\w+)\((.*)\)\s+= \d")]
    private static partial Regex Call { get; }

    [GeneratedRegex(@"\A\d+<([^>]*)>")]
    private static partial Regex Descriptor { get; }

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Quoted { get; }
}
