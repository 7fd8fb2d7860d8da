using ArchUnitNET.Loader;

namespace ImgApi.Tests.Architecture;

/// <summary>
/// The folders of each project form layers: a folder uses only folders that come earlier in its list, so there are no circular
/// dependencies. These lists are the map of all folders that <c>docs/architecture.md</c> refers to.
/// </summary>
[TestFixture]
internal sealed class FolderTests
{
    private static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader()
        .LoadAssemblies(typeof(Image).Assembly, typeof(Infrastructure.InfrastructureServices).Assembly, typeof(Api.Configuration.ServerConfiguration).Assembly)
        .Build();

    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["ImgApi.Domain"] =
        [
            "Values", "Errors", "Access", "Contents", "Images", "Storage", "Integrity", "Quotas", "Retention", "UseCases", "Manifests", "Audit", "Uploads", "Notifications", "Remote", "Jobs", "Importing",
        ],
        ["ImgApi.Infrastructure"] =
        [
            "Posix", "Hosting", "Catalogue", "Audit", "Remote", "Security", "Users", "Unpacking",
            "FileSystem.Layout", "FileSystem.Manifests", "FileSystem.StartIndex", "FileSystem.Folders", "FileSystem.Start", "FileSystem.Audit", "FileSystem.Stores", "FileSystem.Backups",
        ],
        ["ImgApi.Api"] =
        [
            "Contracts", "Configuration", "Validation", "Mapping", "Json", "Http", "Background", "Observability", "Binding", "Responses",
            "Authentication", "Logging", "OpenApi", "Controllers", "Web", "Web.Editing", "Web.Add", "Web.Images", "Web.Server", "Web.SignIn", "Pipeline", "Hosting",
            "CommandLine.Output", "CommandLine.Connection", "CommandLine.Images", "CommandLine.Transfers", "CommandLine.Users", "CommandLine.Server", "CommandLine.Help", "CommandLine",
        ],
    };

    private static IEnumerable<string> Projects => Folders.Keys;

    [TestCaseSource(nameof(Projects))]
    public void A_folder_uses_only_folders_earlier_in_the_list(string project)
    {
        var upwards = from type in Architecture.Types
                      from used in type.Dependencies.Select(dependency => dependency.Target)
                      let layer = Layer(project, type)
                      let other = Layer(project, used)
                      where layer >= 0 && other > layer
                      select $"{type.FullName} uses {used.FullName}";
        Assert.That(upwards.Distinct(), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Every_folder_is_in_the_list(string project)
    {
        var folders = Architecture.Types.Select(type => type.Namespace?.FullName ?? "")
            .Where(space => space.StartsWith(project + ".", StringComparison.Ordinal)).Select(space => space[(project.Length + 1)..]);
        Assert.That(folders.Distinct(), Is.EquivalentTo(Folders[project]));
    }

    /// <summary>The index of a type's folder in the list of a project. The project's root comes last; -1 for types of other projects.</summary>
    private static int Layer(string project, ArchUnitNET.Domain.IType type) => type.Namespace?.FullName switch
    {
        { } root when root == project => Folders[project].Length,
        { } space when space.StartsWith(project + ".", StringComparison.Ordinal) => Array.IndexOf(Folders[project], space[(project.Length + 1)..]),
        _ => -1,
    };
}
