using System.Reflection;
using System.Xml.Linq;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ImgApi.Tests.Architecture;

/// <summary>The arrows of the architecture: Api to Infrastructure to Domain, Api to Domain, and no other.</summary>
[TestFixture]
internal sealed class DependencyTests
{
    private static readonly Assembly Domain = typeof(Image).Assembly;
    private static readonly Assembly Infrastructure = typeof(ImgApi.Infrastructure.InfrastructureServices).Assembly;
    private static readonly Assembly Api = typeof(ImgApi.Api.Configuration.ServerConfiguration).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Domain, Infrastructure, Api).Build();

    [Test]
    public void Domain_knows_nobody()
    {
        var references = Domain.GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.That(references, Is.All.StartsWith("System."));
    }

    [Test]
    public void Domain_has_no_package() =>
        Assert.That(References("ImgApi.Domain", "PackageReference", "ProjectReference", "FrameworkReference"), Is.Empty);

    [Test]
    public void Infrastructure_knows_the_domain_only() =>
        Types().That().ResideInAssembly(Infrastructure).Should().NotDependOnAny(Types().That().ResideInAssembly(Api)).Check(House);

    [Test]
    public void Domain_types_do_not_say_how_they_look_in_json() =>
        Types().That().ResideInAssembly(Domain).Should()
            .NotDependOnAnyTypesThat().ResideInNamespace("System.Text.Json.Serialization").Check(House);

    [Test]
    public void Controllers_leave_the_disk_to_the_ports() =>
        Types().That().ResideInNamespace("ImgApi.Api.Controllers").Should()
            .NotDependOnAny(Types().That().ResideInAssembly(Infrastructure)).Check(House);

    [Test]
    public void There_are_four_projects()
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
