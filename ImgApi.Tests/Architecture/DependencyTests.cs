using System.Reflection;
using System.Xml.Linq;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ImgApi.Tests.Architecture;

/// <summary>The dependencies between projects: Api on Infrastructure and Domain, Infrastructure on Domain, and no others.</summary>
[TestFixture]
internal sealed class DependencyTests
{
    private static readonly Assembly Domain = typeof(Image).Assembly;
    private static readonly Assembly Infrastructure = typeof(ImgApi.Infrastructure.InfrastructureServices).Assembly;
    private static readonly Assembly Api = typeof(ImgApi.Api.Configuration.ServerConfiguration).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader().LoadAssemblies(Domain, Infrastructure, Api).Build();

    [Test]
    public void Domain_references_only_the_framework()
    {
        var references = Domain.GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.That(references, Is.All.StartsWith("System."));
    }

    [Test]
    public void Domain_references_no_package_or_project() =>
        Assert.That(References("ImgApi.Domain", "PackageReference", "ProjectReference", "FrameworkReference"), Is.Empty);

    [Test]
    public void Infrastructure_does_not_depend_on_Api() =>
        Types().That().ResideInAssembly(Infrastructure).Should().NotDependOnAny(Types().That().ResideInAssembly(Api)).Check(Architecture);

    [Test]
    public void Domain_types_have_no_JSON_attributes() =>
        Types().That().ResideInAssembly(Domain).Should()
            .NotDependOnAnyTypesThat().ResideInNamespace("System.Text.Json.Serialization").Check(Architecture);

    [Test]
    public void Controllers_do_not_depend_on_Infrastructure() =>
        Types().That().ResideInNamespace("ImgApi.Api.Controllers").Should()
            .NotDependOnAny(Types().That().ResideInAssembly(Infrastructure)).Check(Architecture);

    [Test]
    public void The_solution_has_four_projects()
    {
        var projects = Directory.EnumerateFiles(Root(), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);
        Assert.That(projects, Is.EquivalentTo(new[] { "ImgApi.Api", "ImgApi.Domain", "ImgApi.Infrastructure", "ImgApi.Tests" }));
    }

    private static IEnumerable<string> References(string project, params string[] kinds) =>
        XDocument.Load(Path.Combine(Root(), project, project + ".csproj")).Descendants()
            .Where(element => kinds.Contains(element.Name.LocalName)).Select(element => element.ToString());

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
