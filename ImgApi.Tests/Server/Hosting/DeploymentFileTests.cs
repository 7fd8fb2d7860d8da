using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>The files for Compose and Kubernetes in <c>support-files</c>.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DeploymentFileTests
{
    [TestCase("compose.yaml", "1 valid")]
    [TestCase("kubernetes.yaml", "3 valid")]
    public async Task Each_document_of_a_deployment_is_valid_by_the_schema_of_its_kind(string file, string expected)
    {
        var (code, output, error) = await ValidateAsync(Path.Combine(Repository.Root, "support-files", file));
        Assert.That((code, output.Trim()), Is.EqualTo((0, expected)), error);
    }

    [TestCase("compose.yaml", "read_only: true", "read_olny: true", "must NOT have additional properties")]
    [TestCase("kubernetes.yaml", "replicas: 1", "replicas: one", "spec/replicas must be integer")]
    public async Task A_mistake_in_a_deployment_is_found(string file, string right, string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "support-files", file));
        var (_, _, error) = await ValidateAsync(folder.Write(file, text.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.That(error, Does.Contain(message));
    }

    private static Task<(int Code, string Output, string Error)> ValidateAsync(string file) => NodeScripts.RunAsync("validate-deployment.js", file);
}
