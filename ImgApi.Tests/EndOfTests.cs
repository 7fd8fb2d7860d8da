namespace ImgApi.Tests;

/// <summary>Runs after all tests.</summary>
[SetUpFixture]
internal sealed class EndOfTests
{
    [OneTimeTearDown]
    public void DeleteKeys() => Support.SshKeys.Delete();

    /// <summary>The reasons of skipped tests, which the runner does not show.</summary>
    [OneTimeTearDown]
    public void NameWhatIsMissing()
    {
        if (Support.Tools.Report is { Length: > 0 } report)
        {
            TestContext.Error.WriteLine(report);
        }
    }
}
