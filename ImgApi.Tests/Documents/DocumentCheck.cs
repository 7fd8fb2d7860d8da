namespace ImgApi.Tests.Documents;

/// <summary>Types all commands of a document and compares what they print with what it shows.</summary>
internal static class DocumentCheck
{
    /// <summary>Fails at the first command that fails or prints something else.</summary>
    public static async Task RunAsync(ShellSession shell, string document)
    {
        var steps = await CommandDocument.ReadAsync(document);
        Assert.That(steps, Is.Not.Empty);
        foreach (var step in steps)
        {
            var (code, output) = await shell.RunAsync(step);
            Assert.That(code, Is.Zero, $"{step}\n{output}");
            if (step is { Output: { } shown, StartsServer: false })
            {
                Assert.That(ShownOutput.Matches(shown, output), Is.True, $"{step}\nshown:\n{shown}\nprinted:\n{output}");
            }
        }
    }
}
