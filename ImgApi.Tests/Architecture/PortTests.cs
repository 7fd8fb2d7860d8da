using System.Reflection;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Retention;
using ImgApi.Domain.Storage;

namespace ImgApi.Tests.Architecture;

/// <summary>The storage ports are independent of the medium, so that a database or an object store can implement them.</summary>
[TestFixture]
internal sealed class PortTests
{
    private static readonly Type[] Ports =
    [
        typeof(IImageRepository), typeof(IImageFinder), typeof(IContentStore), typeof(IContentSource), typeof(IContentReader),
        typeof(IContentWriter), typeof(IJobStore), typeof(IDamageStore), typeof(IImageActivity), typeof(IStorageProbe),
        typeof(IUploadStore), typeof(IUploadWriter), typeof(IFetchStore),
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
    public void No_method_of_a_port_takes_a_delegate()
    {
        var closures = Methods.Where(method => method.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableTo(typeof(Delegate))));
        Assert.That(closures.Select(Name), Is.Empty);
    }

    [Test]
    public void No_port_has_a_text_property() =>
        Assert.That(Ports.SelectMany(port => port.GetProperties()).Where(property => property.PropertyType == typeof(string)).Select(property => property.Name), Is.Empty);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
