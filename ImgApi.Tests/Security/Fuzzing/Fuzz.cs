using System.Globalization;
using CsCheck;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>
/// Checks a property with random inputs: as many as the environment variable <c>IMGAPI_FUZZ</c> says, or 2000. A failing input is
/// shrunk and reported with the seed that reproduces it (<c>CsCheck_Seed</c>).
/// </summary>
internal static class Fuzz
{
    private const int DefaultCount = 2000;
    private const int Threads = 2;

    /// <summary>The number of inputs for each property.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("IMGAPI_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : DefaultCount;

    /// <summary>Fails if the property throws for some input. Prints the number of inputs.</summary>
    public static void Check<T>(Gen<T> inputs, Action<T> property)
    {
        var ran = 0;
        inputs.Sample(
            input =>
            {
                Interlocked.Increment(ref ran);
                property(input);
            },
            iter: Count,
            threads: Threads);
        TestContext.Out.WriteLine($"{ran} inputs");
        Assert.That(ran, Is.GreaterThanOrEqualTo(Count));
    }

    /// <inheritdoc cref="Check"/>
    public static async Task CheckAsync<T>(Gen<T> inputs, Func<T, Task> property)
    {
        var ran = 0;
        await inputs.SampleAsync(
            input =>
            {
                Interlocked.Increment(ref ran);
                return property(input);
            },
            iter: Count,
            threads: Threads);
        TestContext.Out.WriteLine($"{ran} inputs");
        Assert.That(ran, Is.GreaterThanOrEqualTo(Count));
    }

    /// <summary>Fails if reading some input throws anything but <typeparamref name="TRefusal"/>.</summary>
    public static void OnlyRefuses<T, TRefusal>(Gen<T> inputs, Action<T> read)
        where TRefusal : Exception => Check(inputs, input =>
    {
        try
        {
            read(input);
        }
        catch (TRefusal)
        {
            // As documented.
        }
    });

    /// <inheritdoc cref="OnlyRefuses"/>
    public static Task OnlyRefusesAsync<T, TRefusal>(Gen<T> inputs, Func<T, Task> read)
        where TRefusal : Exception => CheckAsync(inputs, async input =>
    {
        try
        {
            await read(input);
        }
        catch (TRefusal)
        {
            // As documented.
        }
    });
}
