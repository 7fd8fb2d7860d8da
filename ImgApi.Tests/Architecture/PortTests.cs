using System.Reflection;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Storage;

namespace ImgApi.Tests.Architecture;

/// <summary>The ports to storage name no medium, so that a database or an object store can be behind each of them.</summary>
[TestFixture]
internal sealed class PortTests
{
    private static readonly Type[] Ports =
    [
        typeof(IImageRepository), typeof(IImageFinder), typeof(IContentStore), typeof(IContentSource), typeof(IContentReader),
        typeof(IContentWriter), typeof(IJobStore), typeof(IDamageStore), typeof(IImageActivity), typeof(IStorageProbe),
    ];

    private static IEnumerable<MethodInfo> Methods => Ports.SelectMany(port => port.GetMethods()).Where(method => !method.IsSpecialName);

    [Test]
    public void Every_method_of_a_port_is_asynchronous()
    {
        var synchronous = Methods.Where(method => !method.ReturnType.Name.StartsWith("Task", StringComparison.Ordinal)
            && !method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal));
        Assert.That(synchronous.Select(Name), Is.Empty);
    }

    [Test]
    public void No_port_takes_code_of_its_caller()
    {
        var closures = Methods.Where(method => method.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableTo(typeof(Delegate))));
        Assert.That(closures.Select(Name), Is.Empty);
    }

    [Test]
    public void No_port_has_a_path() =>
        Assert.That(Ports.SelectMany(port => port.GetProperties()).Where(property => property.PropertyType == typeof(string)).Select(property => property.Name), Is.Empty);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
