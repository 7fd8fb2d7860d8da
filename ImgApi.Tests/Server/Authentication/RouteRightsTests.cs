using System.Text.RegularExpressions;
using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>The rights that routes demand. The routes are those of the server, so that new ones are tested too.</summary>
[TestFixture]
internal sealed partial class RouteRightsTests
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    private static readonly string[] ReadPolicies = [Policies.Read, Policies.Content, Policies.Job, Policies.Metrics, Policies.Ping];

    private static Task<TestServer> StartAsync(ReadAccess access = ReadAccess.Open) => TestServer.StartAsync(ServerMode.Dc, configure: configuration =>
        Team.With(configuration) with
        {
            ReadAccess = access,
            Rules = configuration.Rules with { Channels = new ChannelSet([new Channel("dev", "")], Default: null) },
        });

    [Test]
    public async Task Every_route_demands_a_right_or_is_a_read_or_for_everyone()
    {
        await using var server = await StartAsync();
        var forgotten = from route in server.Endpoints
                        let isRead = route.Metadata.OfType<AuthorizeAttribute>().Any(demand => ReadPolicies.Contains(demand.Policy))
                        where !isRead && RightsOf(route.Metadata).Length == 0 && route.Metadata.GetMetadata<IAllowAnonymous>() is null
                        select $"{route.Method} {route.Path}";
        Assert.That(forgotten, Is.Empty);
    }

    [Test]
    public async Task Every_route_that_changes_something_demands_a_right_except_the_sign_in_and_the_sign_out()
    {
        await using var server = await StartAsync();
        var open = from route in server.Endpoints
                   where route.Method is not ("GET" or "HEAD" or "OPTIONS") && RightsOf(route.Metadata).Length == 0
                   select route.Path;
        Assert.That(open, Is.EquivalentTo(new[] { "/ui/sign-in", "/ui/sign-out" }));
    }

    [Test]
    public async Task Each_route_refuses_exactly_the_roles_without_its_rights(
        [Values] ReadAccess access, [Values(Team.Reader, Team.Publisher, Team.Manager, TestServer.User)] string user)
    {
        await using var server = await StartAsync(access);
        using var client = user == TestServer.User ? null : server.As(user);
        var role = Team.RoleOf(user);
        foreach (var (method, path, metadata) in server.Endpoints)
        {
            var missing = RightsOf(metadata).Where(right => !new Actor(user, role).May(right)).ToArray();
            var answer = await (client ?? server.Admin).AnswerAsync(new HttpMethod(method), Url(path, metadata), null);
            Assert.That((int)answer.Status == 403, Is.EqualTo(missing.Length > 0), $"{method} {path}: {answer.Text}");
            if (missing.Length > 0 && method != "HEAD")
            {
                Assert.That((answer.Code, answer.Message), Is.EqualTo(("NotAuthorized", Refusal(role, missing[0]))), $"{method} {path}");
            }
        }
    }

    [Test]
    public async Task Each_route_that_demands_a_right_asks_strangers_for_credentials([Values] ReadAccess access)
    {
        await using var server = await StartAsync(access);
        foreach (var (method, path, metadata) in server.Endpoints.Where(route => RightsOf(route.Metadata).Length > 0))
        {
            var answer = await server.Anonymous.AnswerAsync(new HttpMethod(method), Url(path, metadata), null);
            Assert.That((int)answer.Status, Is.EqualTo(401), $"{method} {path}");
        }
    }

    [Test]
    public async Task Without_authentication_no_route_is_refused()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { Authentication = AuthenticationKind.None });
        foreach (var (method, path, metadata) in server.Endpoints)
        {
            var answer = await server.Anonymous.AnswerAsync(new HttpMethod(method), Url(path, metadata), null);
            Assert.That((int)answer.Status, Is.Not.EqualTo(401).And.Not.EqualTo(403), $"{method} {path}");
        }
    }

    private static Right[] RightsOf(EndpointMetadataCollection metadata) => [.. metadata.OfType<NeedsAttribute>().Select(needs => needs.Right)];

    private static string Refusal(Role role, Right right) => Assert.Throws<ImgApiException>(() => new Actor("anyone", role).Ensure(right))!.Message;

    /// <summary>The address of an action, with an unknown UUID in place of each parameter.</summary>
    private static string Url(string path, EndpointMetadataCollection metadata) =>
        Parameter.Replace(path, Unknown) + (metadata.GetMetadata<OnActionAttribute>() is { } on ? $"?action={on.Word}" : "");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter { get; }
}
