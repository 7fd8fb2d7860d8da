using ImgApi.Infrastructure.Security;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

[TestFixture]
[Category("Slow")]
internal sealed class UserPasswordsTests
{
    private static readonly string Hash = PasswordHash.Create("hashed", iterations: 20_000).ToString();

    // 10,000 iterations
    private const string Cheap = "$pbkdf2-sha512$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$jfhYT+GAfudLsImIFhbJ8Xmgf5L5IIurPp6vLfjgCQ8";

    private int _costly;

    [SetUp]
    public void Reset() => _costly = 0;

    [TestCase("plain", "clear", true)]
    [TestCase("plain", "Clear", false)]
    [TestCase("plain", "", false)]
    [TestCase("hash", "hashed", true)]
    [TestCase("hash", "clear", false)]
    [TestCase("nobody", "clear", false)]
    public async Task A_password_is_accepted_for_its_user_only(string user, string password, bool expected)
    {
        using var passwords = Passwords();
        Assert.That(await AskAsync(passwords, user, password), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_hash_is_not_accepted_as_the_password()
    {
        using var passwords = Passwords();
        Assert.That(await AskAsync(passwords, "hash", Hash), Is.False);
    }

    [Test]
    public async Task A_right_password_is_hashed_once()
    {
        using var passwords = Passwords();
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await AskAsync(passwords, "hash", "hashed"), Is.True);
            Assert.That(await AskAsync(passwords, "plain", "clear"), Is.True);
        }

        Assert.That(_costly, Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_password_is_refused_after_the_right_one_was_accepted()
    {
        using var passwords = Passwords();
        await AskAsync(passwords, "hash", "hashed");
        Assert.That(await AskAsync(passwords, "hash", "wrong"), Is.False);
    }

    [Test]
    public async Task A_wrong_password_costs_one_hash_also_for_an_unknown_user_and_for_a_clear_password()
    {
        using var passwords = Passwords();
        await AskAsync(passwords, "hash", "wrong");
        await AskAsync(passwords, "plain", "wrong");
        await AskAsync(passwords, "nobody", "wrong");
        Assert.That(_costly, Is.EqualTo(3));
    }

    [TestCase("cheap")]
    [TestCase("plain")]
    [TestCase("nobody")]
    public void A_refusal_costs_as_much_as_the_most_expensive_hash(string user)
    {
        using var passwords = new UserPasswords(
            [KeyValuePair.Create("cheap", Cheap), KeyValuePair.Create("plain", "clear"), KeyValuePair.Create("expensive", Hash)]);
        Assert.That(passwords.CostOf(user), Is.EqualTo(passwords.CostOf("expensive")));
    }

    [Test]
    public async Task A_password_with_a_cheap_hash_is_accepted_beside_an_expensive_hash()
    {
        using var passwords = new UserPasswords([KeyValuePair.Create("cheap", Cheap), KeyValuePair.Create("expensive", Hash)]);
        Assert.That(await AskAsync(passwords, "cheap", "cheaply hashed"), Is.True);
    }

    [Test]
    public async Task Concurrent_checks_of_the_same_right_password_hash_it_once_per_processor()
    {
        using var passwords = Passwords();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => AskAsync(passwords, "hash", "hashed"))));
        Assert.That(answers, Is.All.True);
        Assert.That(_costly, Is.LessThanOrEqualTo(Environment.ProcessorCount));
    }

    [Test]
    public async Task A_password_that_may_not_be_tried_is_neither_accepted_nor_refused()
    {
        using var passwords = Passwords();
        Assert.That(await passwords.VerifyAsync("hash", "hashed", () => false, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Checks_beyond_the_length_of_the_queue_are_refused_and_later_ones_work_again()
    {
        using var passwords = Passwords();
        using var hold = new ManualResetEventSlim();
        using var busy = new CountdownEvent(Math.Max(1, Environment.ProcessorCount / 2));
        bool Hold()
        {
            busy.Signal();
            hold.Wait();
            return false;
        }

        var working = Enumerable.Range(0, busy.InitialCount)
            .Select(_ => Task.Factory.StartNew(
                () => passwords.VerifyAsync("hash", "x", Hold, CancellationToken.None).AsTask(),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        Assert.That(busy.Wait(TimeSpan.FromMinutes(2)), Is.True, "all workers are busy");
        var waiting = Enumerable.Range(0, 2000).Select(_ => Refused(passwords)).ToArray();
        hold.Set();
        await Task.WhenAll(working);
        var refused = await Task.WhenAll(waiting);
        Assert.That(refused.Count(code => code == ErrorCode.ServiceUnavailable), Is.GreaterThan(1000));
        Assert.That(await AskAsync(passwords, "hash", "hashed"), Is.True, "a later check");

        async Task<ErrorCode?> Refused(UserPasswords of)
        {
            try
            {
                await of.VerifyAsync("nobody", "x", () => false, CancellationToken.None);
                return null;
            }
            catch (ImgApiException e)
            {
                return e.Code;
            }
        }
    }

    private static UserPasswords Passwords() => new([KeyValuePair.Create("plain", "clear"), KeyValuePair.Create("hash", Hash)]);

    private async Task<bool?> AskAsync(UserPasswords passwords, string user, string password) =>
        await passwords.VerifyAsync(user, password, () => Interlocked.Increment(ref _costly) > 0, CancellationToken.None);
}
