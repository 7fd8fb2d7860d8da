using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Notifications;

/// <summary>Receivers of notifications that fail.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class WebhookFailureTests : WebhookFixture
{
    [Test]
    public async Task What_a_receiver_refuses_comes_again_before_what_follows()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        foreach (var status in new[] { 500, 404 })
        {
            receiver.Statuses.Enqueue(status);
        }

        await using var server = await StartAsync(To(receiver.Address));
        await server.Admin.CreateAsync();
        await server.Admin.CreateAsync();
        await Eventually.TrueAsync(() => receiver.Taken.Count() == 2);
        var numbers = receiver.Received.Select(one => one.Number).ToArray();
        Assert.That(numbers, Is.EqualTo(new[] { numbers[0], numbers[0], numbers[0], numbers[0] + 1 }));
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Statuses.Enqueue(302);
        await using var server = await StartAsync(To(receiver.Address));
        await server.Admin.CreateAsync();
        await Eventually.TrueAsync(() => receiver.Taken.Any());
        Assert.That(receiver.Received.Select(one => one.Path), Has.All.EqualTo("/"));
    }

    [Test]
    public async Task What_happened_while_the_receiver_was_down_arrives_later_although_the_server_was_restarted()
    {
        using var folder = new TemporaryFolder();
        var down = await WebhookReceiver.StartAsync();
        var url = down.Address;
        await down.DisposeAsync();
        string first, second;
        await using (var server = await StartAsync(To(url), folder.Combine("data")))
        {
            first = await server.Admin.CreateAsync();
            await Eventually.TrueAsync(async () => (await WarningsAsync(server)).Contains("fails", StringComparison.Ordinal));
        }

        await using var restarted = await StartAsync(To(url), folder.Combine("data"));
        second = await restarted.Admin.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync(url.Port);
        await Eventually.TrueAsync(() => receiver.Taken.Count() >= 2);
        Assert.That(receiver.Taken.Select(one => one.Text("image")), Is.EqualTo(new[] { first, second }));
    }

    [TestCase("hello\r\n\r\n")]
    [TestCase("HTTP/1.1 500 Oops\r\n\r\n")]
    [TestCase("")]
    public async Task A_receiver_that_answers_no_success_is_reported_in_the_health_without_its_secrets(string answer)
    {
        await using var receiver = new ScriptedServer(exchange => exchange.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer)));
        await using var server = await StartAsync(To(new Uri(receiver.Address, "/hook?token=hidden")));
        await server.Admin.CreateAsync();
        await Eventually.TrueAsync(async () => (await WarningsAsync(server)).Contains($"the webhook {receiver.Address}hook fails: ", StringComparison.Ordinal));
        Assert.That(await WarningsAsync(server), Does.Not.Contain(Secret).And.Not.Contain("hidden"));
    }

    [Test]
    public async Task A_receiver_that_does_not_answer_is_given_up_after_a_while()
    {
        await using var receiver = new ScriptedServer(_ => Task.Delay(Timeout.Infinite));
        await using var server = await StartAsync(To(receiver.Address), configure: configuration =>
            configuration with { Remote = configuration.Remote with { AnswerTimeout = TimeSpan.FromSeconds(1) } });
        await server.Admin.CreateAsync();
        await Eventually.TrueAsync(async () => (await WarningsAsync(server)).Contains("no answer within 1 seconds", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_receiver_on_this_machine_is_refused_as_a_source_of_imports_is()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(To(receiver.Address), configure: configuration => configuration with { AllowLocalSources = false });
        await server.Admin.CreateAsync();
        await Eventually.TrueAsync(async () => (await WarningsAsync(server)).Contains("fails", StringComparison.Ordinal));
        Assert.That(receiver.Received, Is.Empty);
    }
}
