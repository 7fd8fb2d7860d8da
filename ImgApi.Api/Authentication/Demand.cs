namespace ImgApi.Api.Authentication;

/// <summary>What a route demands of a caller's credentials.</summary>
internal enum Demand
{
    /// <summary>Nothing; they are not looked at.</summary>
    Nothing,

    /// <summary>That they are right, if there are any.</summary>
    NoneWrong,

    /// <summary>That there are right ones.</summary>
    Right,
}
