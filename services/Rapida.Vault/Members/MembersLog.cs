namespace Rapida.Vault.Members;

internal static partial class MembersLog
{
    [LoggerMessage(1401, LogLevel.Information, "Member {MemberId} was added as {Role}")]
    public static partial void MemberAdded(this ILogger logger, Guid memberId, MemberRole role);

    [LoggerMessage(1402, LogLevel.Information, "Member {MemberId} is {Role} now")]
    public static partial void RoleChanged(this ILogger logger, Guid memberId, MemberRole role);

    [LoggerMessage(1403, LogLevel.Information, "Member {MemberId} was removed")]
    public static partial void MemberRemoved(this ILogger logger, Guid memberId);
}
