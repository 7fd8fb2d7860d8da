using System.Reflection;

namespace ImgApi.Api.Contracts;

/// <summary>Lists the values of a query parameter in the API documentation. The action itself refuses others.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class OneOfAttribute(params string[] words) : Attribute
{
    /// <summary>The values of a list.</summary>
    /// <param name="holder">The type that has the list as a static property.</param>
    public OneOfAttribute(Type holder, string list, params string[] others)
        : this([.. (IEnumerable<string>)holder.GetProperty(list, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!, .. others])
    {
    }

    /// <summary>The values, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>Whether requests without the parameter are refused.</summary>
    public bool IsRequired { get; init; }
}
