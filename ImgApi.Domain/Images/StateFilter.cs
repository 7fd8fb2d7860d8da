namespace ImgApi.Domain.Images;

/// <summary>Conditions on the state of listed images (contract 6.2).</summary>
public enum StateFilter
{
    Active,
    Disabled,
    Unactivated,
    Creating,
    Failed,
    All,
}
