using RabbitMQ.Client;

namespace Rapida.Events.Broker;

/// <summary>One connection for parking messages, opened when the first one fails.</summary>
internal sealed class ParkingConnection(Uri broker) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private IConnection? _connection;

    public async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true })
                return _connection;
            if (_connection is not null)
                await _connection.DisposeAsync();
            return _connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }
                .CreateConnectionAsync("rapida parking", cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _opening.Dispose();
    }
}
