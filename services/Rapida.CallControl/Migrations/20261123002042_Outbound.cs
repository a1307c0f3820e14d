using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Rapida.CallControl.Migrations
{
    /// <inheritdoc />
    public partial class Outbound : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "call_sid",
                table: "calls",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<string>(
                name: "answered_by",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ask_price_at",
                table: "calls",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "error_code",
                table: "calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "hang_up_reason",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "idempotency_key",
                table: "calls",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "metadata",
                table: "calls",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "price",
                table: "calls",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "price_unit",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "request_hash",
                table: "calls",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "sip_code",
                table: "calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ordinal",
                table: "call_callbacks",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.CreateTable(
                name: "dials",
                columns: table => new
                {
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    settings = table.Column<byte[]>(type: "bytea", nullable: true),
                    machine_detection = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    time_limit_seconds = table.Column<int>(type: "integer", nullable: false),
                    context_id = table.Column<string>(type: "text", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settle_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dials", x => x.call_id);
                    table.ForeignKey(
                        name: "fk_dials_calls_call_id",
                        column: x => x.call_id,
                        principalTable: "calls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_calls_ask_price_at",
                table: "calls",
                column: "ask_price_at",
                filter: "ask_price_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_calls_project_id_idempotency_key",
                table: "calls",
                columns: new[] { "project_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_dials_line_id",
                table: "dials",
                column: "line_id",
                unique: true,
                filter: "state in ('Dialling', 'Unknown')");

            migrationBuilder.CreateIndex(
                name: "ix_dials_project_id_number_id_call_id",
                table: "dials",
                columns: new[] { "project_id", "number_id", "call_id" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_dials_settle_at",
                table: "dials",
                column: "settle_at",
                filter: "settle_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dials");

            migrationBuilder.DropIndex(
                name: "ix_calls_ask_price_at",
                table: "calls");

            migrationBuilder.DropIndex(
                name: "ix_calls_project_id_idempotency_key",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "answered_by",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "ask_price_at",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "error_code",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "hang_up_reason",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "idempotency_key",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "metadata",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "price",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "price_unit",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "request_hash",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "sip_code",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "ordinal",
                table: "call_callbacks");

            migrationBuilder.AlterColumn<string>(
                name: "call_sid",
                table: "calls",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
