using System.Reflection;
using System.Text.RegularExpressions;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Controllers;
using ImgApi.Api.OpenApi;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;

namespace ImgApi.Tests.Architecture;

/// <summary>Rules for controllers and their actions.</summary>
[TestFixture]
internal sealed class ControllerTests
{
    private static IEnumerable<MethodInfo> Actions =>
        from type in typeof(ImgApiController).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(ImgApiController))
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(HttpMethodAttribute))
        select method;

    [TestCase("Controllers")]
    [TestCase("Responses")]
    [TestCase("Binding")]
    public void No_code_of_these_folders_uses_a_service_locator(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "ImgApi.Api", folder), "*.cs");
        Assert.That(files.Where(file => Regex.IsMatch(File.ReadAllText(file), "RequestServices|GetRequiredService|GetService<")).Select(Path.GetFileName), Is.Empty);
    }

    [TestCase("/images/{uuid}", nameof(ImageActions.OnImage))]
    [TestCase("/images", nameof(ImageActions.OnCreate))]
    public void Each_action_of_a_route_has_exactly_one_method(string route, string list)
    {
        var words = from method in Actions
                    let word = method.GetCustomAttribute<OnActionAttribute>()?.Word
                    where word is not null
                    let own = method.GetCustomAttribute<HttpPostAttribute>()!.Template
                    where (own ?? method.DeclaringType!.GetCustomAttribute<RouteAttribute>()!.Template) == route
                    select word;
        Assert.That(words, Is.EquivalentTo((IEnumerable<string>)typeof(ImageActions).GetProperty(list)!.GetValue(null)!));
    }

    [Test]
    public void Each_method_of_an_action_has_a_summary() =>
        Assert.That(Actions.Where(method => method.IsDefined(typeof(OnActionAttribute))).Select(PlainComments.Summary), Has.None.Empty);

    [Test]
    public void Each_query_parameter_is_documented()
    {
        var undocumented = from method in Actions
                           from parameter in method.GetParameters()
                           let query = parameter.GetCustomAttribute<FromQueryAttribute>()
                           where query is not null
                           let name = query.Name ?? parameter.Name
                           where name is not ("" or "account" or "channel")
                           group PlainComments.Parameter(parameter) by name into comments
                           where comments.All(comment => comment.Length == 0)
                           select comments.Key;
        Assert.That(undocumented, Is.Empty);
    }
}
