using Twilio.Types;

namespace Twilio.Constant;

/// <summary>Constants that several products share.</summary>
public class EnumConstants
{
    public sealed class ContentTypeEnum : StringEnum
    {
        public static readonly ContentTypeEnum JSON = new("application/json");
        public static readonly ContentTypeEnum FORM_URLENCODED = new("application/x-www-form-urlencoded");

        private ContentTypeEnum(string value) : base(value) { }

        public static implicit operator ContentTypeEnum(string value) => new(value);
    }
}
