namespace Rapida.Events.Outbox;

/// <summary>
/// Wakes the publisher with the commit that announced something. A trigger, so that no writer can forget it. Every service's first
/// migration runs <see cref="Create"/>.
/// </summary>
public static class OutboxTrigger
{
    /// <summary>The channel of LISTEN and NOTIFY; a database belongs to one service.</summary>
    public const string Channel = "outbox";

    /// <summary>SQL that makes the trigger.</summary>
    public const string Create = $"""
        create function notify_outbox() returns trigger language plpgsql as $$ begin notify {Channel}; return null; end $$;
        create trigger outbox_notify after insert on outbox for each statement execute function notify_outbox();
        """;
}
