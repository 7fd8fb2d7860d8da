using System.Security.Claims;
using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Api.Http;
using ImgApi.Domain.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ImgApi.Tests.Unit.Api.Binding;

[TestFixture]
internal sealed class WireBinderTests
{
    private static readonly ServerConfiguration Open = new() { DataFolder = "/nowhere" };
    private static readonly ServerConfiguration Hiding = Open with { ReadAccess = ReadAccess.Private };
    private static readonly ServerConfiguration WithChannels = Open with
    {
        Rules = new ServerRules { Channels = new ChannelSet([new Channel("dev", ""), new Channel("release", "")], Default: null) },
    };

    [Test]
    public async Task A_stranger_has_no_name_and_is_not_trusted() =>
        Assert.That(await BindAsync<Caller>(Open), Is.EqualTo(new Caller(null, IsTrusted: false, HidesPrivate: false, Actor.Stranger)));

    [Test]
    public async Task A_user_is_trusted() =>
        Assert.That(await BindAsync<Caller>(Hiding, user: "joe"), Is.EqualTo(new Caller("joe", IsTrusted: true, HidesPrivate: false, new Actor("joe", Role.Publish))));

    [Test]
    public async Task Without_authentication_no_caller_is_a_user() =>
        Assert.That((await BindAsync<Caller>(Open with { Authentication = AuthenticationKind.None }, user: "joe")).User, Is.Null);

    [Test]
    public async Task In_mode_dc_strangers_are_trusted() =>
        Assert.That((await BindAsync<Caller>(Open with { Mode = ServerMode.Dc })).IsTrusted, Is.True);

    [TestCase("GET", true)]
    [TestCase("HEAD", true)]
    [TestCase("POST", false)]
    public async Task Private_images_are_hidden_from_strangers_who_read(string method, bool expected) =>
        Assert.That((await BindAsync<ImageScope>(Hiding, method)).HidesPrivate, Is.EqualTo(expected));

    [Test]
    public async Task A_read_can_ask_for_all_channels() =>
        Assert.That((await BindAsync<ImageScope>(WithChannels, "GET", "channel=*")).Channel, Is.Null);

    [Test]
    public void A_write_cannot_ask_for_all_channels() =>
        Assert.That(() => BindAsync<ImageScope>(WithChannels, "POST", "channel=*"), Throws.TypeOf<ImgApiException>());

    [Test]
    public void A_wrong_channel_is_reported_before_a_wrong_account() =>
        Assert.That(
            () => BindAsync<ImageScope>(WithChannels, "GET", "account=nobody&channel=none"),
            Throws.TypeOf<ImgApiException>().With.Message.EqualTo("unknown channel: none"));

    [Test]
    public async Task The_account_is_taken_from_the_query() =>
        Assert.That(
            (await BindAsync<ImageScope>(Open, "GET", "account=930896af-bf8c-48d4-885c-6573a94b1853")).Account.ToString(),
            Is.EqualTo("930896af-bf8c-48d4-885c-6573a94b1853"));

    private static async Task<T> BindAsync<T>(ServerConfiguration configuration, string method = "GET", string query = "", string? user = null)
    {
        var http = new DefaultHttpContext { Request = { Method = method } };
        http.Features.Set(WireQuery.Parse(query));
        http.User = new ClaimsPrincipal(user is null ? new ClaimsIdentity() : new ClaimsIdentity(Caller.ClaimsOf(user, Role.Publish), "test"));
        var context = new DefaultModelBindingContext
        {
            ActionContext = new Microsoft.AspNetCore.Mvc.ActionContext { HttpContext = http },
            ModelMetadata = new EmptyModelMetadataProvider().GetMetadataForType(typeof(T)),
        };
        await new WireBinder(configuration).BindModelAsync(context);
        return (T)context.Result.Model!;
    }
}
