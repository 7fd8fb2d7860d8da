namespace ImgApi.Tests.Specification;

/// <summary>
/// The numbers of the checks of the contract's section 13 that a test covers. They become values of the property
/// <c>Check</c>, so <c>--filter Check=61</c> runs the tests of check 61.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CheckAttribute : PropertyAttribute
{
    public CheckAttribute(params int[] numbers)
    {
        Numbers = numbers;
        foreach (var number in numbers)
        {
            Properties.Add("Check", number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public IReadOnlyList<int> Numbers { get; }
}
