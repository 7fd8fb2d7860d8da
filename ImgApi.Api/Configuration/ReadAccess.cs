namespace ImgApi.Api.Configuration;

/// <summary>Which reads need credentials.</summary>
internal enum ReadAccess
{
    /// <summary>None, as with trondn/imgapi and sdc-imgapi.</summary>
    Open,

    /// <summary>Those of private images, which are hidden from all other callers.</summary>
    Private,

    /// <summary>All but ping, health and the documentation.</summary>
    All,
}
