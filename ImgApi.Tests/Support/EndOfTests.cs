namespace ImgApi.Tests;

/// <summary>What is to be done when all tests are over.</summary>
[SetUpFixture]
internal sealed class EndOfTests
{
    [OneTimeTearDown]
    public void DeleteKeys() => Support.SshKeys.Delete();
}
