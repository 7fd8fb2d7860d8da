using System.Linq.Expressions;
using FluentValidation;

namespace ImgApi.Api.Configuration;

/// <summary>Rules of FluentValidation for keys of the configuration.</summary>
internal static class KeyRules
{
    /// <summary>A rule with the name of the key, and as message what its value must be.</summary>
    /// <param name="validator">The validator that gets the rule.</param>
    /// <param name="key">The property.</param>
    /// <param name="isGood">Whether a value can be used.</param>
    public static IRuleBuilderOptions<T, TValue> Key<T, TValue>(this AbstractValidator<T> validator, Expression<Func<T, TValue>> key, Func<TValue, bool> isGood)
    {
        var property = ((MemberExpression)key.Body).Member;
        return validator.RuleFor(key).Must(isGood).WithMessage(KeyText.MustBe(property, typeof(TValue))).OverridePropertyName(KeyText.Name(property));
    }
}
