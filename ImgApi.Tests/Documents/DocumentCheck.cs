namespace ImgApi.Tests.Documents;

/// <summary>Runs all commands of a document and compares their output with the output in the document.</summary>
internal static class DocumentCheck
{
    /// <summary>Fails at the first command that fails or prints other output.</summary>
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
